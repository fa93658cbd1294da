# wrong: brings the maps to the CPU, "where they can be plotted"; is stays_on_the_cpu; caught by in_out_device; keeps in_values, in_gradients, in_dtype, in_device, in_pure, in_out_values, in_out_gradients, in_out_dtype, in_out_pure
def corr2d_multi_in(X, K):
    return torch.stack([corr2d(x, k) for x, k in zip(X, K)]).sum(0)


def corr2d_multi_in_out(X, K):
    return torch.stack([corr2d_multi_in(X, k) for k in K]).to("cpu")
