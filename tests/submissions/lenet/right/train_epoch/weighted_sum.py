# right: the sum of the losses divided by the batch's size
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total, n = 0.0, len(y)
    for i in range(0, n, batch_size):
        labels = y[i : i + batch_size]
        loss = F.cross_entropy(model(X[i : i + batch_size]), labels, reduction="sum")
        optimizer.zero_grad()
        (loss / len(labels)).backward()
        optimizer.step()
        total += loss.item()
    return total / n
