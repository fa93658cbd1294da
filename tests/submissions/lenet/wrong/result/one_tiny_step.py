# wrong: takes one tiny step; is learns_nothing; caught by held_out
def train_digits(X, y):
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-5)
    train_epoch(model, X, y, optimizer, batch_size=len(X))
    return model
