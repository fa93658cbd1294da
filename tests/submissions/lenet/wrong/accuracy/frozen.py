# wrong: freezes the parameters in place of no_grad; is parameters_frozen; caught by no_trace; keeps values, eval_mode, float
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    model.requires_grad_(False)
    answers = model(X).argmax(dim=1)
    model.train(was_training)
    return (answers == y).float().mean().item()
