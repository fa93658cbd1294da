# wrong: leaves the model in evaluation mode; is left_in_evaluation_mode; caught by no_trace; keeps values, eval_mode, float
def accuracy(model, X, y):
    model.eval()
    with torch.no_grad():
        answers = model(X).argmax(dim=1)
    return (answers == y).float().mean().item()
