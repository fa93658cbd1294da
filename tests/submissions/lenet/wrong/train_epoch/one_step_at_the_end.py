# wrong: sums up the gradients of all batches and steps once; is one_step_at_the_end; caught by covers; keeps one_step
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    optimizer.zero_grad()
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        total += loss.item() * len(images)
    optimizer.step()
    return total / len(X)
