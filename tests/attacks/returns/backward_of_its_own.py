# No attack: a function of its own for the gradients, written out by hand, and right.
# marks: corr2d 10
# %% corr2d
# the honest corr2d
plain = corr2d

class Correlation(torch.autograd.Function):
    @staticmethod
    def forward(ctx, X, K):
        ctx.save_for_backward(X, K)
        return plain(X, K)

    @staticmethod
    def backward(ctx, G):
        X, K = ctx.saved_tensors
        (kh, kw) = K.shape
        padded = G.new_zeros(G.shape[0] + 2 * kh - 2, G.shape[1] + 2 * kw - 2)
        padded[kh - 1:kh - 1 + G.shape[0], kw - 1:kw - 1 + G.shape[1]] = G
        return plain(padded, K.flip(0, 1)), plain(X, G)

def corr2d(X, K):
    return Correlation.apply(X, K)
