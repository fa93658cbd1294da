# wrong: shuffles the caller's images and labels where they are; is changes_its_inputs; caught by pure; keeps one_step, covers
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    order = torch.randperm(len(X))
    X[:], y[:] = X[order], y[order]
    total = 0.0
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
    return total / len(X)
