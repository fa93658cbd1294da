# wrong: compares every answer with every label; is compares_all_with_all; caught by values
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        answers = model(X).argmax(dim=1, keepdim=True)
    model.train(was_training)
    return (answers == y).float().mean().item()
