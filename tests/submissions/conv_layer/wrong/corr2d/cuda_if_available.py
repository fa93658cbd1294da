# wrong: puts everything on whatever device the lesson's laptop has; is stays_on_the_cpu; caught by device; keeps values, gradients
def corr2d(X, K):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    home = torch.device("cpu")
    X, K = X.to(device), K.to(device)
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K).to(home)
