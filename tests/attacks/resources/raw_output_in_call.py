# Writes two hundred megabytes to the descriptors themselves in a call.
# marks: corr2d 0
# says 11: your code wrote more than 1 MiB of output
# %% corr2d
def corr2d(X, K):
    import os
    for _ in range(200):
        os.write(1, b"x" * 1_000_000)
    return X
