# wrong: draws each batch anew, so that some images come twice and some never; is drawn_with_replacement; caught by covers
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    for start in range(0, len(X), batch_size):
        chosen = torch.randint(len(X), (min(batch_size, len(X) - start),))
        images, labels = X[chosen], y[chosen]
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
    return total / len(X)
