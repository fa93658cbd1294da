# wrong: torch.tensor of a list of numbers; is graph_cut, stays_on_the_cpu; caught by device, gradients; keeps values, dtype, impulse, views, pure, fresh, non_finite, too_large
def corr2d(X, K):
    h, w = K.shape
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("kernel too large")
    return torch.tensor([[(X[i:i + h, j:j + w] * K).sum() for j in range(X.shape[1] - w + 1)] for i in range(X.shape[0] - h + 1)])
