# wrong: takes the kernel's height for its width too; is square_kernels_only; caught by values, impulse, views
def corr2d(X, K):
    k = K.shape[0]
    if k > X.shape[0] or k > X.shape[1]:
        raise ValueError("kernel too large")
    Y = X.new_zeros(X.shape[0] - k + 1, X.shape[1] - k + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + k, j:j + k] * K).sum()
    return Y
