# right: computes the loss in float64
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    for images, labels in zip(X.split(batch_size), y.split(batch_size)):
        loss = F.cross_entropy(model(images).double(), labels.long())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
    return total / len(X)
