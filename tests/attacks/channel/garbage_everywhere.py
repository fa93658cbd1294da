# Writes garbage to every descriptor.
# marks: corr2d 0
# says 11: your process sent bytes that are not a frame
# %% corr2d
def corr2d(X, K):
    import os
    for descriptor in range(3, 100):
        try:
            os.write(descriptor, b"\x00\xff" * 100)
        except OSError:
            pass
    return X
