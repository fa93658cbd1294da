# wrong: stops when the loss no longer falls much; is stops_early; caught by defaults
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    losses = []
    for _ in range(num_steps):
        conv2d.zero_grad()
        loss = ((conv2d(X) - Y) ** 2).sum()
        loss.backward()
        with torch.no_grad():
            for p in conv2d.parameters():
                p -= lr * p.grad
        losses.append(loss.item())
        if losses[-1] < 1 or len(losses) > 1 and losses[-2] - losses[-1] < 1e-3:
            break
    return losses
