# wrong: a DataLoader with drop_last=True; is last_batch_dropped; caught by covers
from torch.utils.data import DataLoader, TensorDataset


def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = count = 0
    for images, labels in DataLoader(TensorDataset(X, y), batch_size, shuffle=True, drop_last=True):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
        count += len(images)
    return total / count
