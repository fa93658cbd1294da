# wrong: gives the output X's width for its height; caught by values
def corr2d_multi_in_out_1x1(X, K):
    (ci, h, w), co = X.shape, K.shape[0]
    return (K.reshape(co, ci) @ X.reshape(ci, h * w)).reshape(co, w, h)
