# wrong: trains on the first batch only; is learns_too_little, learns_nothing; caught by held_out
def train_digits(X, y):
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for epoch in range(10):
        train_epoch(model, X[:32], y[:32], optimizer, batch_size=64)
    return model
