# wrong: other default values than the signature in the text; is other_defaults; caught by defaults; keeps losses, kernel, stale_gradients, in_place
def train_kernel(conv2d, X, Y, lr=1e-2, num_steps=100):
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
