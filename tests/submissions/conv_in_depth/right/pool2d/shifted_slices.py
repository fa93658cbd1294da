# right: slices of the whole image, one for each place in the window
import functools


def pool2d(X, pool_size, mode="max"):
    oh, ow = X.shape[0] - pool_size[0] + 1, X.shape[1] - pool_size[1] + 1
    parts = [X[a:a + oh, b:b + ow] for a in range(pool_size[0]) for b in range(pool_size[1])]
    match mode:
        case "max":
            return functools.reduce(torch.maximum, parts)
        case "avg":
            return sum(parts) / len(parts)
        case _:
            raise ValueError(f"mode {mode}")
