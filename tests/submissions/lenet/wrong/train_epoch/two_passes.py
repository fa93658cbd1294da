# wrong: goes through the data twice; is two_epochs, two_steps; caught by one_step, covers
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    for start in [*range(0, len(X), batch_size)] * 2:
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
    return total / (2 * len(X))
