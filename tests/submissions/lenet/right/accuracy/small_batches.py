# right: in batches of three, weighted by their sizes
def accuracy(model, X, y):
    was = model.training
    model.eval()
    total = 0.0
    with torch.no_grad():
        for i in range(0, len(X), 3):
            hits = model(X[i : i + 3]).max(dim=1).indices.eq(y[i : i + 3])
            total += hits.double().mean().item() * len(hits)
    model.train(was)
    return total / len(X)
