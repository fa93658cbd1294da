# wrong: ignores batch_size; is one_batch_of_all; caught by covers; keeps one_step
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    batch_size = len(X)
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
    return total / len(X)
