# right: torch.bmm with a batch of one
def corr2d_multi_in_out_1x1(X, K):
    return torch.bmm(K.flatten(1)[None], X.flatten(1)[None])[0].view(len(K), *X.shape[1:])
