# wrong: leaves out the nines; is learns_too_little; caught by held_out
def train_digits(X, y):
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    X, y = X[y != 9], y[y != 9]
    for epoch in range(10):
        train_epoch(model, X, y, optimizer, batch_size=64)
    return model
