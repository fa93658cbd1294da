# wrong: the mean of the batches' means, though the last batch is smaller; is mean_of_batch_means; caught by loss; keeps one_step, covers, stale, mode, pure
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / -(-len(X) // batch_size)
