# right: prints at every step and warns, as one does while debugging
import sys
import warnings


def corr2d(X, K):
    print("X", X.shape, X.dtype, "K", K.shape)
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    Y = torch.zeros_like(X)[:X.shape[0] - K.shape[0] + 1, :X.shape[1] - K.shape[1] + 1].clone()
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + K.shape[0], j:j + K.shape[1]] * K).sum()
            print(i, j, Y[i, j], X)
            print("still working", file=sys.stderr)
    warnings.warn("slow, but it works")
    return Y


corr2d(torch.ones(3, 3), torch.ones(2, 2))
