# wrong: takes each loss after its batch's update; is loss_after_update; caught by loss; keeps one_step, covers, stale
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            total += F.cross_entropy(model(images), labels).item() * len(images)
    return total / len(X)
