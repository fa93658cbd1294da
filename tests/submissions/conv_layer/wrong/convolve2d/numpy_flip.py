# wrong: flips through NumPy, which cuts the graph; is K_detached; caught by gradients; keeps values
import numpy as np


def convolve2d(X, K):
    return corr2d(X, torch.from_numpy(np.flip(K.detach().numpy(), (0, 1)).copy()))
