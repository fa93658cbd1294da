# right: starts from minus infinity
def pool2d(X, pool_size, mode="max"):
    if mode not in {"max", "avg"}:
        raise ValueError(mode)
    h, w = pool_size
    oh, ow = X.shape[0] - h + 1, X.shape[1] - w + 1
    Y = X.new_full((oh, ow), float("-inf") if mode == "max" else 0.0)
    for a in range(h):
        for b in range(w):
            part = X[a:a + oh, b:b + ow]
            Y = torch.where(part > Y, part, Y) if mode == "max" else Y + part
    return Y if mode == "max" else Y / (h * w)
