# right: the first function mapped over the output channels
def corr2d_multi_in(X, K):
    return F.conv2d(X.unsqueeze(0), K.unsqueeze(0)).flatten(0, 1).squeeze(0)


def corr2d_multi_in_out(X, K):
    return torch.vmap(lambda k: corr2d_multi_in(X, k))(K)
