# right: the product in float64, cast back
def im2col(X, kernel_size):
    return torch.cat([part.reshape(1, -1) for part in shifted(X, kernel_size)])


def shifted(X, kernel_size):
    bottom, right = X.shape[0] - kernel_size[0], X.shape[1] - kernel_size[1]
    for a in range(kernel_size[0]):
        for b in range(kernel_size[1]):
            yield X[a:a + bottom + 1, b:b + right + 1]


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.double().reshape(1, -1) @ im2col(X.double(), K.shape)).reshape(size).to(X.dtype)
