# wrong: leaves dropout and batch norm as in training; is mode_left_as_it_is; caught by eval_mode, no_trace; keeps values, float
def accuracy(model, X, y):
    with torch.no_grad():
        answers = model(X).argmax(dim=1)
    return (answers == y).float().mean().item()
