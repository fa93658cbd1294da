# right: scatter_add along the flattened image
def corr2d_backward(X, K, dY):
    h, w = X.shape
    rows = torch.arange(dY.shape[0], device=X.device)[:, None] + torch.arange(K.shape[0], device=X.device)
    columns = torch.arange(dY.shape[1], device=X.device)[:, None] + torch.arange(K.shape[1], device=X.device)
    places = rows[:, None, :, None] * w + columns[None, :, None, :]
    dX = torch.zeros_like(X).flatten().scatter_add(0, places.flatten(), (dY[:, :, None, None] * K).flatten())
    dK = torch.tensordot(dY, X[rows[:, None, :, None], columns[None, :, None, :]], dims=2)
    return dX.view(h, w), dK
