# wrong: moves down by the width's stride and right by the height's; caught by values; keeps defaults, dtype, device, pure
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], stride[1]).unfold(1, K.shape[1], stride[0]), K)
