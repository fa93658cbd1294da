# right: fills both tensors in loops and returns a named tuple
from collections import namedtuple

Pieces = namedtuple("Pieces", "components maps")


def conv_components(X, K, u):
    (_, ci, h, w), (co, _, kh, kw) = X.shape, K.shape
    components = X.new_zeros(ci, co, h - kh + 1, w - kw + 1)
    maps = X.new_zeros(co, h - kh + 1, w - kw + 1)
    for k in range(co):
        for c in range(ci):
            components[c, k] = corr2d(X[0, c], K[k, c])
            maps[k] += components[c, k]
        maps[k] += u[k]
    return Pieces(components, maps)
