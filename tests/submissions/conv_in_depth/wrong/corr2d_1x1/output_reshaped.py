# wrong: reshapes (pixels, out) to (out, h, w) where the axes have to be permuted; caught by values
def corr2d_multi_in_out_1x1(X, K):
    (ci, h, w), co = X.shape, K.shape[0]
    return (X.reshape(ci, h * w).T @ K.reshape(co, ci).T).reshape(co, h, w)
