# wrong: counts the right answers, as a float; is number_of_hits; caught by values
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        answers = model(X).argmax(dim=1)
    model.train(was_training)
    return float((answers == y).sum())
