# wrong: writes train_epoch once more, and forgets the step; is nothing_learned; caught by overfits
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    for images, labels in zip(X.split(batch_size), y.split(batch_size)):
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        total += loss.item() * len(images)
    return total / len(X)


def train_digits(X, y):
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for epoch in range(10):
        train_epoch(model, X, y, optimizer, batch_size=64)
    return model
