# wrong: returns the losses; is returns_losses; caught by held_out
def train_digits(X, y):
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    losses = []
    for epoch in range(10):
        losses.append(train_epoch(model, X, y, optimizer, batch_size=64))
    return losses
