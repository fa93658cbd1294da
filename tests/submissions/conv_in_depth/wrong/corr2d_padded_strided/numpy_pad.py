# wrong: pads with NumPy, on the CPU and out of the graph; is graph_cut; caught by device, gradients; keeps values, defaults, views, dtype, pure, too_large
import numpy as np


def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    (ph, pw), (sh, sw) = padding, stride
    padded = np.pad(X.detach().numpy(), ((ph, ph), (pw, pw)))
    kernel = K.detach().numpy()
    if kernel.shape[0] > padded.shape[0] or kernel.shape[1] > padded.shape[1]:
        raise ValueError("kernel too large")
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)[::sh, ::sw]
    return torch.from_numpy(np.einsum("ijab,ab->ij", windows, kernel))
