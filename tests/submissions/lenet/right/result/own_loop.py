# right: a loop of its own, with a schedule
def train_digits(X, y):
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-4)
    epochs, size = 12, 64
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps=epochs * -(-len(X) // size))
    for _ in range(epochs):
        for chosen in torch.randperm(len(X)).split(size):
            optimizer.zero_grad()
            F.cross_entropy(model(X[chosen]), y[chosen]).backward()
            optimizer.step()
            schedule.step()
    return model.eval()
