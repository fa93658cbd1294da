# wrong: divides with //; is rounded_down; caught by values
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        answers = model(X).argmax(dim=1)
    model.train(was_training)
    return (answers == y).sum().item() // len(y)
