# Begins a frame, never ends it, and leaves.
# marks: convolve2d 0
# %% own cell
import os, struct
# %% convolve2d
def convolve2d(X, K):
    os.write(3, struct.pack("<4sIQ", b"AGW1", 1000, 0) + b'{"reply": {"answers": [')
    os._exit(0)
