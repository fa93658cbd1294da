# wrong: sets a seed, so that every run is the same; is changes_global_settings; caught by pure; keeps losses, kernel, every_parameter, stale_gradients, in_place, defaults
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    torch.manual_seed(0)
    losses = []
    for _ in range(num_steps):
        conv2d.zero_grad()
        loss = ((conv2d(X) - Y) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for p in conv2d.parameters():
                p -= lr * p.grad
    return losses
