# right: F.unfold
def im2col(X, kernel_size):
    return F.unfold(X.unsqueeze(0).unsqueeze(0), tuple(kernel_size)).squeeze(0)


def corr2d_im2col(X, K):
    return torch.mv(im2col(X, K.shape).T, K.flatten()).unflatten(0, (X.shape[0] - K.shape[0] + 1, -1))
