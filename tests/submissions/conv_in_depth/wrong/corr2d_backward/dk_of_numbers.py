# wrong: dK from a list of numbers: float32 on the CPU; is float32_whatever_comes_in, stays_on_the_cpu; caught by both_dtype, both_device; keeps dX_values, both_pure
def corr2d_backward(X, K, dY):
    (kh, kw), (oh, ow) = K.shape, dY.shape
    dK = torch.tensor([[(X[a:a + oh, b:b + ow] * dY).sum().item() for b in range(kw)] for a in range(kh)])
    return corr2d(F.pad(dY, (kw - 1, kw - 1, kh - 1, kh - 1)), K.flip(0, 1)), dK
