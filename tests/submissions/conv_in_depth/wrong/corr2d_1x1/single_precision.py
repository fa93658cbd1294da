# wrong: float32, whatever comes in; is float32_whatever_comes_in; caught by dtype
def corr2d_multi_in_out_1x1(X, K):
    return torch.einsum("oi,ihw->ohw", K[:, :, 0, 0].float(), X.float())
