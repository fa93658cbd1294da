# right: keeps the losses in tensors of the default type, and averages those
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    losses, sizes = [], []
    for images, labels in zip(X.split(batch_size), y.split(batch_size)):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        sizes.append(len(images))
    losses, sizes = torch.tensor(losses), torch.tensor(sizes)
    return ((losses * sizes).sum() / sizes.sum()).item()
