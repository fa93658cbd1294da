# wrong: gives the layer a new Parameter after every step; is parameter_replaced; caught by in_place; keeps losses, kernel, stale_gradients
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    losses = []
    for _ in range(num_steps):
        conv2d.zero_grad()
        loss = ((conv2d(X) - Y) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        for name, p in list(conv2d.named_parameters()):
            setattr(conv2d, name, nn.Parameter(p.detach() - lr * p.grad))
    return losses
