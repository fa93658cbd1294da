# wrong: only asks of the first four images; is first_images_only; caught by values
def accuracy(model, X, y, batch_size=4):
    was_training = model.training
    model.eval()
    shares = []
    with torch.no_grad():
        for images, labels in zip(X.split(batch_size), y.split(batch_size)):
            shares.append((model(images).argmax(dim=1) == labels).float().mean().item())
    model.train(was_training)
    return shares[0]
