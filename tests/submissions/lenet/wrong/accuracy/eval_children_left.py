# wrong: puts the model back and leaves its parts in evaluation mode; is left_in_evaluation_mode; caught by no_trace; keeps values, float, eval_mode
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        answers = model(X).argmax(dim=1)
    model.training = was_training
    return (answers == y).float().mean().item()
