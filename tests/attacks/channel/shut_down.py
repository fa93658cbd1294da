# Shuts the channel down in one direction and then the other, and leaves it open.
# marks: convolve2d 0
# %% own cell
import os, socket
# %% convolve2d
def convolve2d(X, K):
    channel = socket.socket(fileno=os.dup(3))
    channel.shutdown(socket.SHUT_RD if X.shape[0] % 2 else socket.SHUT_WR)
    return X
