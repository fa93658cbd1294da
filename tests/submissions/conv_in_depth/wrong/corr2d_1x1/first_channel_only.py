# wrong: looks at the first channel only; is first_channel_only; caught by values
def corr2d_multi_in_out_1x1(X, K):
    h, w = X.shape[1:]
    return (K[:, :1, 0, 0] @ X[:1].reshape(1, -1)).reshape(-1, h, w)
