# wrong: computes with NumPy and returns an array; is returns_an_array, goes_through_numpy; caught by values, impulse, dtype, device, gradients, non_finite
import numpy as np


def corr2d(X, K):
    x, k = np.array(X.detach()), np.array(K.detach())
    if k.shape[0] > x.shape[0] or k.shape[1] > x.shape[1]:
        raise ValueError("kernel too large")
    windows = np.lib.stride_tricks.sliding_window_view(x, k.shape)
    return np.einsum("ijab,ab->ij", windows, k)
