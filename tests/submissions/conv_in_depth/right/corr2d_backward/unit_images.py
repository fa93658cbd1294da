# right: the correlation is linear, so its answers to one pixel of 1 are its derivatives
def corr2d_backward(X, K, dY):
    def unit_like(A):
        return torch.eye(A.numel(), dtype=A.dtype, device=A.device).reshape(-1, *A.shape)

    dX = torch.stack([(corr2d(E, K) * dY).sum() for E in unit_like(X)]).reshape(X.shape)
    dK = torch.stack([(corr2d(X, E) * dY).sum() for E in unit_like(K)]).reshape(K.shape)
    return dX, dK
