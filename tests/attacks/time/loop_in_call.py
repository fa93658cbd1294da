# Never returns from a call: costs a property's time once, and the other questions nothing.
# marks: corr2d 0
# says 1: no answer within 5 s
# says 10: no answer within 1 s
# %% corr2d
def corr2d(X, K):
    while True:
        pass
