# right: gives the model back in the mode in which it came
def train_epoch(model, X, y, optimizer, batch_size):
    was_training = model.training
    model.train()
    total = 0.0
    try:
        for images, labels in zip(X.split(batch_size), y.split(batch_size)):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
    finally:
        model.train(was_training)
    return total / len(X)
