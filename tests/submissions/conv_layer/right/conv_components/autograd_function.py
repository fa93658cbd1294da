# right: the components by an autograd.Function of one's own, and the maps by einsum
class Pieces(torch.autograd.Function):
    @staticmethod
    def forward(ctx, X, K):
        ctx.save_for_backward(X, K)
        windows = X[0].unfold(1, K.shape[2], 1).unfold(2, K.shape[3], 1)
        return torch.einsum("cijab,kcab->ckij", windows, K)

    @staticmethod
    def backward(ctx, G):
        X, K = ctx.saved_tensors
        windows = X[0].unfold(1, K.shape[2], 1).unfold(2, K.shape[3], 1)
        dK = torch.einsum("cijab,ckij->kcab", windows, G)
        dX = torch.zeros_like(X)
        for a in range(K.shape[2]):
            for b in range(K.shape[3]):
                dX[0, :, a:a + G.shape[2], b:b + G.shape[3]] += torch.einsum("kc,ckij->cij", K[:, :, a, b], G)
        return dX, dK


def conv_components(X, K, u):
    components = Pieces.apply(X, K)
    return components, torch.einsum("ckij->kij", components) + u.view(len(u), 1, 1)
