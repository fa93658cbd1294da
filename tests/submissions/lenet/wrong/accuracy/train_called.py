# wrong: calls model.train() first; is in_training_mode; caught by eval_mode, no_trace; keeps values, float
def accuracy(model, X, y):
    was_training = model.training
    model.train()
    with torch.no_grad():
        answers = model(X).argmax(dim=1)
    model.train(was_training)
    return (answers == y).float().mean().item()
