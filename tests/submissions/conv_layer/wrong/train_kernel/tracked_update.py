# wrong: updates without torch.no_grad; is tracked_update; caught by losses, kernel, stale_gradients, in_place, defaults
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    losses = []
    for _ in range(num_steps):
        conv2d.zero_grad()
        loss = ((conv2d(X) - Y) ** 2).sum()
        loss.backward()
        for p in conv2d.parameters():
            p -= lr * p.grad
        losses.append(loss.item())
    return losses
