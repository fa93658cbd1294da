# wrong: draws a new start kernel first; is starts_afresh; caught by losses, kernel, stale_gradients, in_place, defaults
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    conv2d.reset_parameters()
    losses = []
    for _ in range(num_steps):
        conv2d.zero_grad()
        loss = ((conv2d(X) - Y) ** 2).sum()
        loss.backward()
        with torch.no_grad():
            for p in conv2d.parameters():
                p -= lr * p.grad
        losses.append(loss.item())
    return losses
