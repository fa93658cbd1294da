# right: augments by shifts of one pixel
def shifted(X):
    dy, dx = torch.randint(-1, 2, (2,)).tolist()
    return torch.roll(F.pad(X, (1, 1, 1, 1)), (dy, dx), dims=(2, 3))[:, :, 1:-1, 1:-1]


def train_digits(X, y):
    model = LeNet(16, (8, 16))
    optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
    for _ in range(15):
        train_epoch(model, torch.cat([X, shifted(X)]), torch.cat([y, y]), optimizer, 64)
    return model
