# right: calls model.train() in the loop, and averages by numpy's average
import numpy as np


def train_epoch(model, X, y, optimizer, batch_size):
    losses, sizes = [], []
    for images, labels in zip(torch.split(X, batch_size), torch.split(y, batch_size)):
        model.train()
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        sizes.append(len(images))
    return float(np.average(losses, weights=sizes))
