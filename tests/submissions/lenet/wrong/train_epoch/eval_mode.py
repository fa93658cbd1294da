# wrong: trains in evaluation mode; is trains_in_evaluation_mode; caught by mode; keeps one_step, covers, loss, stale
def train_epoch(model, X, y, optimizer, batch_size):
    model.eval()
    total = 0.0
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
    return total / len(X)
