# wrong: clears the model's gradients, which are not its own; is leaves_gradients; caught by no_trace; keeps values, eval_mode, float
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    model.zero_grad()
    with torch.no_grad():
        answers = model(X).argmax(dim=1)
    model.train(was_training)
    return (answers == y).float().mean().item()
