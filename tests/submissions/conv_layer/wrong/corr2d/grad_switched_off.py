# wrong: switches gradients off and forgets to switch them on; is changes_global_settings, graph_cut; caught by gradients, pure; keeps values, dtype
def corr2d(X, K):
    torch.set_grad_enabled(False)
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
