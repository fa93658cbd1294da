# wrong: leaves the channels behind the pixels; caught by values
def corr2d_multi_in_out_1x1(X, K):
    return X.permute(1, 2, 0) @ K[:, :, 0, 0].T
