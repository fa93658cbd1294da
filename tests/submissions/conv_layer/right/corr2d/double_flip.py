# right: a true convolution by loops, called with a flipped kernel
def true_convolution(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    Y = X.new_zeros(h - kh + 1, w - kw + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            for a in range(kh):
                for b in range(kw):
                    Y[i, j] = Y[i, j] + X[i + kh - 1 - a, j + kw - 1 - b] * K[a, b]
    return Y


def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return true_convolution(X, torch.flip(K, dims=(0, 1)))
