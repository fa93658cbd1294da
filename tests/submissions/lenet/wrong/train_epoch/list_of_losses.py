# wrong: returns all the batches' losses; is returns_a_list; caught by loss; keeps one_step, covers
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    losses = []
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
