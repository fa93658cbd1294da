# wrong: returns the last loss only; is last_loss_only; caught by losses, in_place, stale_gradients, defaults; keeps kernel
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    for _ in range(num_steps):
        conv2d.zero_grad()
        loss = ((conv2d(X) - Y) ** 2).sum()
        loss.backward()
        with torch.no_grad():
            for p in conv2d.parameters():
                p -= lr * p.grad
    return loss.item()
