# wrong: turns everything to float32 first; is single_precision; caught by losses, kernel, in_place
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    conv2d, X, Y = conv2d.float(), X.float(), Y.float()
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
