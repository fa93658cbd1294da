# wrong: brings the output to the CPU; is stays_on_the_cpu; caught by device; keeps values, one_product, gradients, dtype, pure
def corr2d_multi_in_out_1x1(X, K):
    return torch.einsum("oi,ihw->ohw", K[:, :, 0, 0], X).cpu()
