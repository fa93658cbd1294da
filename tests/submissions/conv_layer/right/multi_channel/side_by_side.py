# right: channels laid side by side as one wide matrix product
def corr2d_multi_in(X, K):
    return corr2d_multi_in_out(X, K[None])[0]


def corr2d_multi_in_out(X, K):
    co, ci, kh, kw = K.shape
    columns = F.unfold(X[None], (kh, kw))[0]
    return (K.reshape(co, -1) @ columns).reshape(co, X.shape[1] - kh + 1, X.shape[2] - kw + 1)
