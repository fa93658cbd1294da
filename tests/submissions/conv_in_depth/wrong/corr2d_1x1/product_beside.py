# wrong: a matrix product of nothing beside a sum of products; is product_beside; caught by one_product; keeps values, gradients, dtype, device, pure
def corr2d_multi_in_out_1x1(X, K):
    nothing = X.new_zeros(1, 1) @ X.new_zeros(1, 1)
    return (K * X).sum(dim=1) + nothing
