# wrong: sets a seed, so that every epoch is the same; is changes_global_settings; caught by pure; keeps one_step, covers, loss, stale, mode
def train_epoch(model, X, y, optimizer, batch_size):
    torch.manual_seed(0)
    model.train()
    order = torch.randperm(len(X))
    X, y = X[order], y[order]
    total = 0.0
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
    return total / len(X)
