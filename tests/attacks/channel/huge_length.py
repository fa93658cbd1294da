# Announces a message of eight exabytes.
# marks: corr2d 0
# says 11: your process sent a frame that is too long
# %% corr2d
def corr2d(X, K):
    import os, struct
    os.write(3, struct.pack("<4sIQ", b"AGW1", 2, 1 << 63))
    return X
