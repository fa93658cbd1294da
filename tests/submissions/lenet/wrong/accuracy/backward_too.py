# wrong: computes the loss's gradients on the way; is leaves_gradients; caught by no_trace; keeps values, float
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    scores = model(X)
    F.cross_entropy(scores, y).backward()
    answers = scores.argmax(dim=1)
    model.train(was_training)
    return (answers == y).float().mean().item()
