# right: compares itself with F.conv2d at the end of the cell, and has a helper with "conv" in its name
def conv_windows(X, kernel_size):
    return X.unfold(0, kernel_size[0], 1).unfold(1, kernel_size[1], 1)


def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return (conv_windows(X, K.shape) * K).sum((-1, -2))


X, K = torch.rand(5, 6), torch.rand(2, 3)
assert torch.allclose(corr2d(X, K), F.conv2d(X[None, None], K[None, None])[0, 0], atol=1e-6)
