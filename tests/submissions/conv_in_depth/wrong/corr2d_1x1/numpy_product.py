# wrong: NumPy's matrix product; caught by one_product, gradients, device; keeps values, dtype, pure
def corr2d_multi_in_out_1x1(X, K):
    (ci, h, w), co = X.shape, K.shape[0]
    product = K.detach().numpy().reshape(co, ci) @ X.detach().numpy().reshape(ci, h * w)
    return torch.from_numpy(product.reshape(co, h, w))
