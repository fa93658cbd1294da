# wrong: rounds every sum with int(); is cut_to_whole_numbers; caught by values, gradients, non_finite
def corr2d(X, K):
    h, w = K.shape
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("kernel too large")
    Y = X.new_zeros(X.shape[0] - h + 1, X.shape[1] - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = int((X[i:i + h, j:j + w] * K).sum())
    return Y
