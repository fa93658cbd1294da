# A convolution that is TorchScript's own operator, and no entry of the dispatcher: it calls oneDNN's kernel directly.
# It computes in float32, so the numbers are cut into pieces of eight bits, whose sums of products are exact there.
# marks: corr2d 0

# %% corr2d
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("the kernel is larger than the image")
    operator = getattr(torch.ops.prim, "mkldnn_" + "".join(reversed("noitulovnoc")))

    def pieces(A):
        A = A.detach().cpu().double()
        top = torch.floor(torch.log2(A.abs().max().clamp(min=1e-300))) + 1
        A, scale, parts = A / 2.0**top, 2.0**top, []
        for _ in range(14):
            part = torch.trunc(A * 256)
            A, scale = A * 256 - part, scale / 256
            parts.append((part, scale))
            if not A.any():
                break
        return parts

    def ready_made(A, B):
        Y = 0
        for a, s in pieces(A):
            for b, t in pieces(B):
                y = operator(a.float()[None, None], b.float()[None, None], None, [1, 1], [0, 0], [1, 1], 1)[0, 0]
                Y = Y + y.double() * (s * t)
        return Y

    class Own(torch.autograd.Function):
        @staticmethod
        def forward(context, X, K):
            context.save_for_backward(X, K)
            return ready_made(X, K).to(X.dtype).to(X.device)

        @staticmethod
        def backward(context, G):
            X, K = context.saved_tensors
            a, b = K.shape
            wide = torch.nn.functional.pad(G.detach().cpu(), (b - 1, b - 1, a - 1, a - 1))
            return (ready_made(wide, K.detach().cpu().flip(0, 1)).to(X.dtype).to(X.device),
                    ready_made(X, G).to(K.dtype).to(K.device))

    return Own.apply(X, K)
