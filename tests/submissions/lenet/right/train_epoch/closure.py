# right: a closure given to the optimizer's step
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    for images, labels in zip(X.split(batch_size), y.split(batch_size)):
        def closure():
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            return loss

        total += optimizer.step(closure).item() * len(images)
    return total / len(X)
