# wrong: counts an image as right when its class is among the best two; is top_two; caught by values
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        answers = model(X).topk(2, dim=1).indices
    model.train(was_training)
    return (answers == y[:, None]).any(dim=1).float().mean().item()
