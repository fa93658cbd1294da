# wrong: multiplies everything with everything and sums, without a matrix product; caught by one_product; keeps values, gradients, dtype, device, pure
def corr2d_multi_in_out_1x1(X, K):
    return (K * X).sum(dim=1)
