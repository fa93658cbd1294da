# right: works in float64 and casts back, under no_grad
@torch.no_grad()
def corr2d_backward(X, K, dY):
    x, k, dy = X.double(), K.double(), dY.double()
    kh, kw = K.shape
    full = F.pad(dy, (kw - 1, kw - 1, kh - 1, kh - 1)).unfold(0, kh, 1).unfold(1, kw, 1)
    dX = (full * k.flip(0, 1)).sum((2, 3))
    dK = (x.unfold(0, dy.shape[0], 1).unfold(1, dy.shape[1], 1) * dy).sum((2, 3))
    return dX.to(X.dtype), dK.to(K.dtype)
