# right: shifted slices, one for each kernel entry
def corr2d_backward(X, K, dY):
    (kh, kw), (oh, ow) = K.shape, dY.shape
    dX = sum(
        K[a, b] * F.pad(dY, (b, kw - 1 - b, a, kh - 1 - a)) for a in range(kh) for b in range(kw)
    )
    dK = torch.stack([torch.stack([(X[a:a + oh, b:b + ow] * dY).sum() for b in range(kw)]) for a in range(kh)])
    return dX, dK
