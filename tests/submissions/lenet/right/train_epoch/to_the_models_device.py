# right: moves each batch to where the model is
def train_epoch(model, X, y, optimizer, batch_size):
    device = next(model.parameters()).device
    criterion = nn.CrossEntropyLoss()
    model.train()
    running = 0.0
    for k in range((len(X) + batch_size - 1) // batch_size):
        images = X[k * batch_size : (k + 1) * batch_size].to(device)
        labels = y[k * batch_size : (k + 1) * batch_size].to(device)
        optimizer.zero_grad()
        outputs = model(images)
        loss = criterion(outputs, labels)
        loss.backward()
        optimizer.step()
        running += loss.item() * images.size(0)
    return running / len(X)
