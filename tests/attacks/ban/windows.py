# No attack: by windows and einsum, which are allowed, beside a pool that is one and a helper named like a convolution.
# marks: corr2d 10
# %% own cell
def convolve(windows, K):
    return torch.einsum("ijab,ab->ij", windows, K)

pool = F.avg_pool2d(torch.ones(1, 1, 4, 4), 2)
# %% corr2d
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("the kernel is larger than the image")
    return convolve(X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
