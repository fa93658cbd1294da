# wrong: leaves out the last, smaller batch; is last_batch_left_out; caught by values
def accuracy(model, X, y, batch_size=4):
    was_training = model.training
    model.eval()
    shares = []
    with torch.no_grad():
        for images, labels in zip(X[: max(1, len(X) // 4) * 4].split(4), y.split(4)):
            shares.append((model(images).argmax(dim=1) == labels).float().mean().item())
    model.train(was_training)
    return sum(shares) / len(shares)
