# wrong: switches gradients off for the last update and never on again; is changes_global_settings; caught by pure; keeps losses, kernel, every_parameter, stale_gradients, in_place, defaults
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    losses = []
    for _ in range(num_steps):
        torch.set_grad_enabled(True)
        conv2d.zero_grad()
        loss = ((conv2d(X) - Y) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        torch.set_grad_enabled(False)
        for p in conv2d.parameters():
            p -= lr * p.grad
    return losses
