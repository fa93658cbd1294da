# wrong: compares the labels with the largest numbers of the images themselves; is model_not_asked; caught by values, eval_mode, no_trace, float
def accuracy(model, X, y):
    return (X.argmax(dim=1) == y).double().mean().item()
