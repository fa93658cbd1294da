# wrong: takes all steps and returns all losses but the last; is losses_missing; caught by losses, defaults; keeps kernel
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    losses = []
    for step in range(num_steps):
        loss = ((conv2d(X) - Y) ** 2).sum()
        conv2d.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in conv2d.parameters():
                p -= lr * p.grad
        losses.append(loss.item())
    return losses[:-1]
