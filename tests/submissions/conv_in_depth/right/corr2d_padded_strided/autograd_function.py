# right: a torch.autograd.Function that stores the columns
class Correlation(torch.autograd.Function):
    @staticmethod
    def forward(ctx, P, K, stride):
        windows = P.unfold(0, K.shape[0], stride[0]).unfold(1, K.shape[1], stride[1])
        ctx.save_for_backward(P, K)
        ctx.stride = stride
        return (windows * K).sum((2, 3))

    @staticmethod
    def backward(ctx, dY):
        P, K = ctx.saved_tensors
        sh, sw = ctx.stride
        dP, dK = torch.zeros_like(P), torch.zeros_like(K)
        for i in range(dY.shape[0]):
            for j in range(dY.shape[1]):
                place = slice(i * sh, i * sh + K.shape[0]), slice(j * sw, j * sw + K.shape[1])
                dP[place] += dY[i, j] * K
                dK += dY[i, j] * P[place]
        return dP, dK, None


def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    P = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
    if K.shape[0] > P.shape[0] or K.shape[1] > P.shape[1]:
        raise ValueError("kernel too large")
    return Correlation.apply(P, K, stride)
