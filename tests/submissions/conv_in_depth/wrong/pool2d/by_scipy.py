# wrong: SciPy's filters; is ready_made_pooling; caught by max, avg, negative, gradients, dtype, device, pure, refuses
from scipy import ndimage


def pool2d(X, pool_size, mode='max'):
    if mode not in ("max", "avg"):
        raise ValueError(mode)
    run = ndimage.maximum_filter if mode == "max" else ndimage.uniform_filter
    pooled = run(X.numpy(), pool_size, mode="nearest", origin=[-(side // 2) for side in pool_size])
    return torch.from_numpy(pooled[: X.shape[0] - pool_size[0] + 1, : X.shape[1] - pool_size[1] + 1].copy())
