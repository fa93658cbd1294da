# wrong: answers in percent; is percent; caught by values
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        answers = model(X).argmax(dim=1)
    model.train(was_training)
    return (answers == y).float().mean().item() * 100
