# wrong: takes plain numbers out with .item(), which cuts the graph; is graph_cut; caught by gradients; keeps values, impulse, views, dtype, device, pure, fresh, non_finite, too_large
def corr2d(X, K):
    h, w = K.shape
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("kernel too large")
    Y = X.new_zeros(X.shape[0] - h + 1, X.shape[1] - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + h, j:j + w] * K).sum().item()
    return Y
