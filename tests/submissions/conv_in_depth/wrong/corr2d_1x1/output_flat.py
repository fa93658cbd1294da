# wrong: leaves the pixels in one row; caught by values
def corr2d_multi_in_out_1x1(X, K):
    ci = X.shape[0]
    return K.reshape(-1, ci) @ X.reshape(ci, -1)
