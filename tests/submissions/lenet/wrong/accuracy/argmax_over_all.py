# wrong: argmax over everything, which is one number for all images; is argmax_over_everything; caught by values
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        answers = model(X).argmax()
    model.train(was_training)
    return (answers == y).float().mean().item()
