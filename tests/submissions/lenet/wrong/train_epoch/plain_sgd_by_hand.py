# wrong: subtracts the gradients by hand, and never asks the optimizer; is not_the_optimizer; caught by one_step; keeps mode
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= optimizer.param_groups[0]["lr"] * p.grad
        total += loss.item() * len(images)
    return total / len(X)
