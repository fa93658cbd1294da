# right: every k-th image makes a batch, and the smaller batch comes first
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    rest = len(X) % batch_size
    cuts = ([0] if rest else []) + list(range(rest, len(X), batch_size)) + [len(X)]
    total = 0.0
    for a, b in zip(cuts, cuts[1:]):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(X[a:b]), y[a:b])
        loss.backward()
        optimizer.step()
        total += loss.item() * (b - a)
    return total / len(X)
