# right: pads, unfolds with the strides as steps, and contracts
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
    if any(k > n for k, n in zip(K.shape, X.shape)):
        raise ValueError("kernel too large")
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], stride[0]).unfold(1, K.shape[1], stride[1]), K)
