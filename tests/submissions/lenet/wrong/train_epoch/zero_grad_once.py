# wrong: clears gradients before the loop only; is gradients_accumulate; caught by stale; keeps one_step
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    optimizer.zero_grad()
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
    return total / len(X)
