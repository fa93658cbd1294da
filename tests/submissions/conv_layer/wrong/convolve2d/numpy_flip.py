# wrong: flips through NumPy, which cuts the graph; is K_detached, goes_through_numpy; caught by gradients, device; keeps values, dtype, pure
import numpy as np


def convolve2d(X, K):
    return corr2d(X, torch.from_numpy(np.flip(K.detach().numpy(), (0, 1)).copy()))
