# wrong: makes an optimizer of its own with the learning rate of the one given; is own_optimizer; caught by one_step; keeps mode
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    optimizer = torch.optim.Adam(model.parameters(), lr=optimizer.param_groups[0]["lr"])
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
    return total / len(X)
