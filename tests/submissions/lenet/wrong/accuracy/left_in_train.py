# wrong: always leaves the model in training mode; is left_in_training_mode; caught by no_trace; keeps values, eval_mode, float
def accuracy(model, X, y):
    model.eval()
    with torch.no_grad():
        answers = model(X).argmax(dim=1)
    model.train()
    return (answers == y).float().mean().item()
