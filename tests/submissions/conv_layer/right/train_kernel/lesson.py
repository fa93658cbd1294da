# right: zero_grad, backward, update under no_grad
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    losses = []
    for step in range(num_steps):
        conv2d.zero_grad()
        l = ((conv2d(X) - Y) ** 2).sum()
        losses.append(l.item())
        l.backward()
        with torch.no_grad():
            for p in conv2d.parameters():
                p -= lr * p.grad
    return losses
