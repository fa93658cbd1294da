# right: SGD with momentum
def train_digits(X, y):
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    for epoch in range(10):
        train_epoch(model, X, y, optimizer, batch_size=64)
    return model
