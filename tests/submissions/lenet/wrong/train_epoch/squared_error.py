# wrong: squared error to one-hot labels; is squared_error; caught by one_step, covers, loss; keeps mode
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        scores = model(images)
        loss = F.mse_loss(scores, F.one_hot(labels, scores.shape[1]).to(scores.dtype))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
    return total / len(X)
