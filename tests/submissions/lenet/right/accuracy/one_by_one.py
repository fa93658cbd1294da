# right: image by image
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    right = 0
    with torch.no_grad():
        for image, label in zip(X, y):
            right += int(model(image[None])[0].argmax().item() == label.item())
    model.train(was_training)
    return right / len(X)
