# right: an autograd function whose backward pass has products of its own
class Product(torch.autograd.Function):
    @staticmethod
    def forward(ctx, A, B):
        ctx.save_for_backward(A, B)
        return A.mm(B)

    @staticmethod
    def backward(ctx, dC):
        A, B = ctx.saved_tensors
        return dC.mm(B.t()), A.t().mm(dC)


def corr2d_multi_in_out_1x1(X, K):
    return Product.apply(K.flatten(1), X.flatten(1)).reshape(-1, *X.shape[1:])
