# right: works in place, on copies of its own
def corr2d_multi_in(X, K):
    image = X.clone().unsqueeze_(0)
    return F.conv2d(image, K.clone().unsqueeze_(0)).squeeze_(0).squeeze_(0)


def corr2d_multi_in_out(X, K):
    maps = torch.empty(K.shape[0], X.shape[1] - K.shape[2] + 1, X.shape[2] - K.shape[3] + 1, dtype=X.dtype, device=X.device)
    for o, kernels in enumerate(K):
        maps[o] = corr2d_multi_in(X, kernels)
    return maps
