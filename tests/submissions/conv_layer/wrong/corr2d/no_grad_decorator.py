# wrong: the whole function is under no_grad; is graph_cut; caught by gradients; keeps values
@torch.no_grad()
def corr2d(X, K):
    kh, kw = K.shape
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError("large")
    return (X.unfold(0, kh, 1).unfold(1, kw, 1) * K).sum((2, 3))
