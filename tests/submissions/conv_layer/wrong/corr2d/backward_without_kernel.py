# wrong: a Function whose backward pass forgets to add up overlapping windows; is own_backward_wrong; caught by gradients; keeps values, impulse, views, dtype, device, pure, fresh, non_finite, too_large
class Corr2d(torch.autograd.Function):
    @staticmethod
    def forward(ctx, X, K):
        ctx.save_for_backward(X, K)
        return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)

    @staticmethod
    def backward(ctx, dY):
        X, K = ctx.saved_tensors
        dX, dK = torch.zeros_like(X), torch.zeros_like(K)
        for i in range(dY.shape[0]):
            for j in range(dY.shape[1]):
                dX[i:i + K.shape[0], j:j + K.shape[1]] = dY[i, j] * K
                dK += dY[i, j] * X[i:i + K.shape[0], j:j + K.shape[1]]
        return dX, dK


def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return Corr2d.apply(X, K)
