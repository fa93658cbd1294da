# wrong: trains on labels that are one too high; is learns_nothing; caught by held_out
def train_digits(X, y):
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for epoch in range(10):
        train_epoch(model, X, (y + 1) % 10, optimizer, batch_size=64)
    return model
