# wrong: an operation that PyTorch lacks for the half types; is refuses_half; caught by half; keeps values, dtype
def corr2d(X, K):
    kh, kw = K.shape
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError("large")
    w = X.unfold(0, kh, 1).unfold(1, kw, 1).reshape(-1, kh * kw)
    return (torch.linalg.lu_factor_ex(torch.eye(1, dtype=X.dtype, device=X.device))[0] * (w @ K.reshape(-1))).reshape(X.shape[0]-kh+1, X.shape[1]-kw+1)
