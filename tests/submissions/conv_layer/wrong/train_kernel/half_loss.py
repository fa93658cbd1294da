# wrong: half the sum of the squared errors; is half_loss; caught by losses, kernel, defaults
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    losses = []
    for _ in range(num_steps):
        conv2d.zero_grad()
        loss = 0.5 * ((conv2d(X) - Y) ** 2).sum()
        loss.backward()
        with torch.no_grad():
            for p in conv2d.parameters():
                p -= lr * p.grad
        losses.append(loss.item())
    return losses
