# wrong: a number of numpy; is returns_a_numpy_number; caught by float
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        answers = model(X).argmax(dim=1)
    model.train(was_training)
    return (answers == y).float().mean().numpy()[()]
