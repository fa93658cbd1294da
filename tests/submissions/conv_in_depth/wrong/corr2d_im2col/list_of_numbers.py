# wrong: loops over X.tolist(), where no operation is dispatched and no gradient flows; caught by not_growing; keeps im2col_values, im2col_dtype, corr2d_values, corr2d_gradients, corr2d_dtype, corr2d_pure
def im2col(X, kernel_size):
    (h, w), (kh, kw), pixels = X.shape, kernel_size, X.tolist()
    columns = [
        [pixels[i + a][j + b] for i in range(h - kh + 1) for j in range(w - kw + 1)]
        for a in range(kh) for b in range(kw)
    ]
    return torch.tensor(columns, dtype=X.dtype, device=X.device)


def corr2d_im2col(X, K):
    size = [n - k + 1 for n, k in zip(X.shape, K.shape)]
    return (K.reshape(1, -1) @ im2col(X, K.shape)).reshape(size)
