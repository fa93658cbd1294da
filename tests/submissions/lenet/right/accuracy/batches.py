# right: in batches of 256, counted
def accuracy(model, X, y):
    was, right = model.training, 0
    model.eval()
    with torch.no_grad():
        for images, labels in zip(X.split(256), y.split(256)):
            right += (model(images).argmax(1) == labels).sum().item()
    model.train(was)
    return right / len(y)
