# wrong: trains and then returns the loss of the trained model; is loss_after_update; caught by loss; keeps one_step, covers
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        return F.cross_entropy(model(X), y).item()
