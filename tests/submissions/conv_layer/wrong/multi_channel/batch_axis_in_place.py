# wrong: gives X its batch axis in place; is changes_its_inputs; caught by in_out_pure; keeps in_values, in_gradients, in_dtype, in_device, in_pure, in_out_values, in_out_dtype
def corr2d_multi_in(X, K):
    return F.conv2d(X.unsqueeze(0), K.unsqueeze(0))[0, 0]


def corr2d_multi_in_out(X, K):
    return F.conv2d(X.unsqueeze_(0), K)[0]
