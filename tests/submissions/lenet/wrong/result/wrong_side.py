# wrong: a network for 28×28; is side_ignored; caught by held_out
def train_digits(X, y):
    model = LeNet()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for epoch in range(10):
        train_epoch(model, X, y, optimizer, batch_size=64)
    return model
