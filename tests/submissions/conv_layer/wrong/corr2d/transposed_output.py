# wrong: fills Y[j, i] in an output of swapped height and width; is transposed_output; caught by values, impulse, gradients
def corr2d(X, K):
    h, w = K.shape
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("kernel too large")
    Y = X.new_zeros(X.shape[1] - w + 1, X.shape[0] - h + 1)
    for i in range(Y.shape[1]):
        for j in range(Y.shape[0]):
            Y[j, i] = (X[i:i + h, j:j + w] * K).sum()
    return Y
