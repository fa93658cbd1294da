# wrong: rounds the first score to a class; is scores_taken_for_classes; caught by values
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        answers = model(X).amax(dim=1).round()
    model.train(was_training)
    return (answers == y).float().mean().item()
