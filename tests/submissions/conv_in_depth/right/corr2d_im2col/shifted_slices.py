# right: one slice for each kernel entry: a loop that grows with the kernel only
def im2col(X, kernel_size):
    kh, kw = kernel_size
    oh, ow = X.shape[0] - kh + 1, X.shape[1] - kw + 1
    return torch.stack([X[a:a + oh, b:b + ow].flatten() for a in range(kh) for b in range(kw)])


def corr2d_im2col(X, K):
    return torch.einsum("k,kp->p", K.flatten(), im2col(X, K.shape)).reshape(X.shape[0] - K.shape[0] + 1, -1)
