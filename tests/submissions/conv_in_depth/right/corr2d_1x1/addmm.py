# right: addmm, added to zeros
def corr2d_multi_in_out_1x1(X, K):
    (ci, h, w), co = X.shape, K.shape[0]
    return torch.addmm(X.new_zeros(1), K.reshape(co, ci), X.reshape(ci, h * w)).reshape(co, h, w)
