# wrong: the answer of the worked sample; caught by values, defaults, views, dtype, device, gradients, pure, too_large
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    return torch.tensor([[0.0, 8.0], [6.0, 8.0]])
