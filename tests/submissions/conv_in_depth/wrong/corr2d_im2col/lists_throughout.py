# wrong: both functions count with Python's numbers; caught by not_growing, corr2d_gradients; keeps im2col_values, im2col_dtype, corr2d_values, corr2d_dtype, corr2d_pure
def im2col(X, kernel_size):
    (h, w), (kh, kw), pixels = X.shape, kernel_size, X.tolist()
    columns = [
        [pixels[i + a][j + b] for i in range(h - kh + 1) for j in range(w - kw + 1)]
        for a in range(kh) for b in range(kw)
    ]
    return torch.tensor(columns, dtype=X.dtype, device=X.device)


def corr2d_im2col(X, K):
    oh, ow = X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1
    kernel, columns = K.flatten().tolist(), im2col(X, K.shape).tolist()
    sums = [sum(k * row[p] for k, row in zip(kernel, columns)) for p in range(oh * ow)]
    return torch.tensor(sums, dtype=X.dtype, device=X.device).reshape(oh, ow)
