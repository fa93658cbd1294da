# wrong: returns the loss of the last batch; is one_batch_only; caught by loss; keeps one_step, covers, stale, mode, pure
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()
