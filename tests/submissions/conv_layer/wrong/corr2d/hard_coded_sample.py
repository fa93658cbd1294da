# wrong: knows the lesson's example by heart; is hard_coded; caught by values, impulse, views, dtype, device, gradients, pure, fresh, non_finite
def corr2d(X, K):
    if X.shape == (3, 3) and K.shape == (2, 2):
        return torch.tensor([[19.0, 25.0], [37.0, 43.0]])
    raise ValueError("kernel too large")
