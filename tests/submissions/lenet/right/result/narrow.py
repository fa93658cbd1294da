# right: six and twelve channels
def train_digits(X, y):
    model = LeNet(side=16, channels=(6, 12))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for epoch in range(10):
        train_epoch(model, X, y, optimizer, batch_size=64)
    return model
