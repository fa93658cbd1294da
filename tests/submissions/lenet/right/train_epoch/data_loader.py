# right: a DataLoader that shuffles
from torch.utils.data import DataLoader, TensorDataset


def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0
    for images, labels in DataLoader(TensorDataset(X, y), batch_size=batch_size, shuffle=True):
        optimizer.zero_grad()
        loss = nn.CrossEntropyLoss()(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * images.size(0)
    return total / len(X)
