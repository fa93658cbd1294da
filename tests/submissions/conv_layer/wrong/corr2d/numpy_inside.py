# wrong: computes with NumPy and comes back to PyTorch; is goes_through_numpy, refuses_half; caught by gradients, device; keeps values, impulse, views, pure, fresh, too_large
import numpy as np


def corr2d(X, K):
    x, k = X.numpy(), K.numpy()
    if k.shape[0] > x.shape[0] or k.shape[1] > x.shape[1]:
        raise ValueError("kernel too large")
    windows = np.lib.stride_tricks.sliding_window_view(x, k.shape)
    return torch.from_numpy(np.einsum("ijab,ab->ij", windows, k))
