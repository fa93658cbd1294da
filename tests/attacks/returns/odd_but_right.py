# No attack: right answers in odd dress, with negative zeros, a lazy minus, strides backwards, and as a Parameter.
# marks: corr2d 10
# %% corr2d
# the honest corr2d
honest = corr2d

def corr2d(X, K):
    Y = honest(X, K)
    if Y.requires_grad or Y.device.type != "cpu":
        return Y
    wide = Y.new_full((*Y.shape, 3), 7.0)
    wide[..., 1] = Y
    return [
        lambda: wide[..., 1], lambda: torch._neg_view(-Y), lambda: Y.T.contiguous().T, lambda: nn.Parameter(Y),
        lambda: torch.where(Y == 0, -torch.zeros_like(Y), Y), lambda: torch.complex(Y.double(), Y.double()).conj().real.to(Y.dtype),
    ][(X.shape[0] + X.shape[1]) % 6]()
