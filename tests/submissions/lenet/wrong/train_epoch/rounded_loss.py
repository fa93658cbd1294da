# wrong: rounds the loss to three decimals; is rounded_loss; caught by loss; keeps one_step, covers
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
    return round(total / len(X), 3)
