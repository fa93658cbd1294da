# wrong: NumPy's windows: on the CPU, and out of the graph; is graph_cut; caught by gradients, device; keeps max, avg, negative, dtype, pure, refuses
import numpy as np


def pool2d(X, pool_size, mode="max"):
    if mode not in ("max", "avg"):
        raise ValueError(mode)
    windows = np.lib.stride_tricks.sliding_window_view(X.detach().numpy(), tuple(pool_size))
    return torch.from_numpy(windows.max((2, 3)) if mode == "max" else windows.mean((2, 3)))
