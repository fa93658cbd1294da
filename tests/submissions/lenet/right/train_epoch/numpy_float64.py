# right: numpy's average, which is a float of Python too
import numpy as np


def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    losses, sizes = [], []
    for start in range(0, len(y), batch_size):
        batch = slice(start, start + batch_size)
        loss = F.cross_entropy(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        sizes.append(len(y[batch]))
    return np.average(losses, weights=sizes)
