# wrong: takes the kernel's height for its width too; is square_kernels_only; caught by values
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
    k = K.shape[0]
    if k > X.shape[0] or k > X.shape[1]:
        raise ValueError("kernel too large")
    Y = X.new_zeros((X.shape[0] - k) // stride[0] + 1, (X.shape[1] - k) // stride[1] + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            a, b = i * stride[0], j * stride[1]
            Y[i, j] = (X[a:a + k, b:b + k] * K).sum()
    return Y
