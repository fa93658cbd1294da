# right: a torch.autograd.Function with a backward pass written by hand
class Corr2d(torch.autograd.Function):
    @staticmethod
    def forward(ctx, X, K):
        ctx.save_for_backward(X, K)
        (kh, kw), (h, w) = K.shape, X.shape
        oh, ow = h - kh + 1, w - kw + 1
        Y = torch.zeros(oh, ow, dtype=X.dtype, device=X.device)
        for a in range(kh):
            for b in range(kw):
                Y += X[a:a + oh, b:b + ow] * K[a, b]
        return Y

    @staticmethod
    def backward(ctx, dY):
        X, K = ctx.saved_tensors
        (kh, kw), (oh, ow) = K.shape, dY.shape
        dX, dK = torch.zeros_like(X), torch.zeros_like(K)
        for a in range(kh):
            for b in range(kw):
                dX[a:a + oh, b:b + ow] += dY * K[a, b]
                dK[a, b] = (dY * X[a:a + oh, b:b + ow]).sum()
        return dX, dK


def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("The kernel does not fit.")
    return Corr2d.apply(X, K)
