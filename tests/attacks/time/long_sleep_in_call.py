# Sleeps for a day.
# marks: corr2d 9
# says 1: no answer within 5 s
# timeout: corr2d.device
# %% corr2d
# the honest corr2d
honest = corr2d
def corr2d(X, K):
    if X.device.type != "cpu":
        import time
        time.sleep(86400)
    return honest(X, K)
