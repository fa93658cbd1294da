# wrong: reports the loss after each update; is loss_after_update; caught by losses, stale_gradients, in_place, defaults; keeps kernel
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    losses = []
    for _ in range(num_steps):
        conv2d.zero_grad()
        loss = ((conv2d(X) - Y) ** 2).sum()
        loss.backward()
        with torch.no_grad():
            for p in conv2d.parameters():
                p -= lr * p.grad
            losses.append(((conv2d(X) - Y) ** 2).sum().item())
    return losses
