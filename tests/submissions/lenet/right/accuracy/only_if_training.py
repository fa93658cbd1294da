# right: back to training only if it was
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        predictions = F.softmax(model(X), dim=1).argsort(dim=1, descending=True)[:, 0]
    if was_training:
        model.train()
    return 1 - (predictions != y).sum().item() / y.numel()
