# right: a running mean, and a global shuffle by Python's random
import random


def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    order = list(range(len(X)))
    random.shuffle(order)
    mean, seen = 0.0, 0
    while order:
        chosen, order = order[:batch_size], order[batch_size:]
        optimizer.zero_grad()
        loss = F.cross_entropy(model(X[chosen]), y[chosen])
        loss.backward()
        optimizer.step()
        seen += len(chosen)
        mean += (loss.item() - mean) * len(chosen) / seen
    return mean
