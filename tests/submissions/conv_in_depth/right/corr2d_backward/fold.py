# right: F.fold adds the columns up again, as F.unfold took them apart
def corr2d_backward(X, K, dY):
    size = tuple(K.shape)
    columns = F.unfold(X[None, None], size)[0]
    dK = (columns @ dY.flatten()).reshape(size)
    dX = F.fold(torch.outer(K.flatten(), dY.flatten())[None], tuple(X.shape), size)[0, 0]
    return dX, dK
