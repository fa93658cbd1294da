# right: a comprehension of stacked sums, with the windows' places from range
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    X = F.pad(X, [p for p in reversed(padding) for _ in range(2)])
    if (down := X.shape[0] - K.shape[0]) < 0 or (along := X.shape[1] - K.shape[1]) < 0:
        raise ValueError("kernel too large")
    h, w = K.shape
    return torch.stack(
        [
            torch.stack([(X[i:i + h, j:j + w] * K).sum() for j in range(0, along + 1, stride[1])])
            for i in range(0, down + 1, stride[0])
        ]
    )
