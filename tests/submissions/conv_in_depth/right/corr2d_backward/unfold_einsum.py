# right: einsum over windows, of X and of the padded dY
def corr2d_backward(X, K, dY):
    (kh, kw), (oh, ow) = K.shape, dY.shape
    around = F.pad(dY, (kw - 1, kw - 1, kh - 1, kh - 1)).unfold(0, kh, 1).unfold(1, kw, 1)
    dX = torch.einsum("ijab,ab->ij", around, torch.rot90(K, 2))
    dK = torch.einsum("abij,ij->ab", X.unfold(0, oh, 1).unfold(1, ow, 1), dY)
    return dX, dK
