# wrong: takes the kernel's last axes off in place; is changes_its_inputs; caught by pure; keeps values, one_product, dtype, device
def corr2d_multi_in_out_1x1(X, K):
    K.squeeze_(3).squeeze_(2)
    ci, h, w = X.shape
    return (K @ X.reshape(ci, -1)).reshape(-1, h, w)
