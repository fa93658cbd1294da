# wrong: argmax over the images in place of the classes; is argmax_over_images; caught by values
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        answers = model(X).argmax(dim=0)
    model.train(was_training)
    return (answers[: len(y)] == y[: len(answers)]).float().mean().item()
