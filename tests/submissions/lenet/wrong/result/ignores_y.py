# wrong: trains on labels of its own making: the brightness; is learns_nothing; caught by held_out
def train_digits(X, y):
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    y = (X.mean(dim=(1, 2, 3)) * 20).long().clamp(0, 9)
    for epoch in range(10):
        train_epoch(model, X, y, optimizer, batch_size=64)
    return model
