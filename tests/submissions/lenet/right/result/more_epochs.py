# right: thirty epochs and a smaller rate
def train_digits(X, y):
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    for epoch in range(30):
        train_epoch(model, X, y, optimizer, batch_size=64)
    return model
