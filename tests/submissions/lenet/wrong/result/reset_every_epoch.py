# wrong: begins with a new model every epoch, after one pass with a small rate; is learns_nothing; caught by held_out
def train_digits(X, y):
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for epoch in range(10):
        model = LeNet(side=16, channels=(8, 16))
        optimizer = torch.optim.SGD(model.parameters(), lr=1e-2)
        train_epoch(model, X, y, optimizer, batch_size=64)
    return model
