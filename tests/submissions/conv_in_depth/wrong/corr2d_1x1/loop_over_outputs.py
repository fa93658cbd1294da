# wrong: one product for each output channel; caught by one_product; keeps values, gradients, dtype, device, pure
def corr2d_multi_in_out_1x1(X, K):
    ci, h, w = X.shape
    flat = X.reshape(ci, h * w)
    return torch.stack([(k.reshape(1, ci) @ flat).reshape(h, w) for k in K])
