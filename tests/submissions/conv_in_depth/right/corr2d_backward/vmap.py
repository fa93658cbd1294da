# right: vmap over the pixels of the gradients
def corr2d_backward(X, K, dY):
    (kh, kw), (oh, ow) = K.shape, dY.shape
    windows = F.pad(dY, (kw - 1, kw - 1, kh - 1, kh - 1)).unfold(0, kh, 1).unfold(1, kw, 1)
    each = torch.vmap(torch.vmap(lambda window, other: (window * other).sum(), (0, None)), (0, None))
    return each(windows, K.flip((0, 1))), each(X.unfold(0, oh, 1).unfold(1, ow, 1), dY)
