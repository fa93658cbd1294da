# wrong: turns gradients off for good; is changes_global_settings; caught by no_trace; keeps values, float
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    torch.set_grad_enabled(False)
    answers = model(X).argmax(dim=1)
    model.train(was_training)
    return (answers == y).float().mean().item()
