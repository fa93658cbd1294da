# wrong: NumPy's sliding_window_view, out of the graph and on the CPU; caught by im2col_device, not_growing; keeps im2col_values, im2col_dtype, corr2d_values, corr2d_gradients, corr2d_dtype, corr2d_device, corr2d_pure
import numpy as np


def im2col(X, kernel_size):
    windows = np.lib.stride_tricks.sliding_window_view(X.detach().numpy(), tuple(kernel_size))
    return torch.from_numpy(windows.transpose(2, 3, 0, 1).reshape(kernel_size[0] * kernel_size[1], -1))


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.reshape(1, -1) @ im2col(X, K.shape)).reshape(size)
