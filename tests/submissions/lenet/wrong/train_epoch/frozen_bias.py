# wrong: switches off the gradients of all biases; is biases_not_trained; caught by one_step
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    for name, p in model.named_parameters():
        p.requires_grad_("bias" not in name)
    total = 0.0
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
    return total / len(X)
