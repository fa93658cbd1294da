# wrong: centres the caller's images in place; is images_centred; caught by one_step
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    if X.is_floating_point():
        X -= X.mean()
    total = 0.0
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
    return total / len(X)
