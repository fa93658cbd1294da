# wrong: returns a list of lists of tensors; is returns_a_list; caught by values, impulse, views, dtype, device, gradients, pure, fresh, non_finite
def corr2d(X, K):
    h, w = K.shape
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("kernel too large")
    return [[(X[i:i + h, j:j + w] * K).sum() for j in range(X.shape[1] - w + 1)] for i in range(X.shape[0] - h + 1)]
