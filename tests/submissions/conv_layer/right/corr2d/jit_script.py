# right: compiled by TorchScript
@torch.jit.script
def corr2d(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    if K.size(0) > X.size(0) or K.size(1) > X.size(1):
        raise ValueError("kernel too large")
    oh, ow = X.size(0) - K.size(0) + 1, X.size(1) - K.size(1) + 1
    Y = torch.zeros([oh, ow], dtype=X.dtype, device=X.device)
    for a in range(K.size(0)):
        for b in range(K.size(1)):
            Y = Y + X[a:a + oh, b:b + ow] * K[a, b]
    return Y
