# right: clears gradients after each step, and before the first, and leaves none behind
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    optimizer.zero_grad()
    total = 0.0
    with torch.enable_grad():
        for images, labels in zip(X.split(batch_size), y.split(batch_size)):
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            total += loss.item() * len(labels)
    return total / len(X)
