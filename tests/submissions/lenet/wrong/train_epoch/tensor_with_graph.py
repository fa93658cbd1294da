# wrong: returns a tensor that holds the graphs of all batches; is returns_a_tensor; caught by loss; keeps one_step, covers, stale, mode
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss * len(images)
    return total / len(X)
