# wrong: squeezes the kernel, and with it a channel axis of one; caught by values
def corr2d_multi_in_out_1x1(X, K):
    ci, h, w = X.shape
    return (K.squeeze() @ X.reshape(ci, -1)).reshape(-1, h, w)
