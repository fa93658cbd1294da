# wrong: the gradients of the output's sum, as if dY were all ones; caught by dX_values, dK_values
def corr2d_backward(X, K, dY):
    kh, kw = K.shape
    ones = torch.ones_like(dY)
    return corr2d(F.pad(ones, (kw - 1, kw - 1, kh - 1, kh - 1)), K.flip(0, 1)), corr2d(X, ones)
