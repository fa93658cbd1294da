# right: torch.autograd.grad, and p.grad set by hand
def train_epoch(model, X, y, optimizer, batch_size):
    model.train(True)
    parameters = [p for p in model.parameters() if p.requires_grad]
    total = 0.0
    for i in range(0, X.shape[0], batch_size):
        loss = F.cross_entropy(model(X[i : i + batch_size]), y[i : i + batch_size])
        for p, g in zip(parameters, torch.autograd.grad(loss, parameters)):
            p.grad = g
        optimizer.step()
        total += float(loss) * X[i : i + batch_size].shape[0]
    return total / X.shape[0]
