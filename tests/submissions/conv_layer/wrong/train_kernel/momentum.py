# wrong: SGD with momentum; is momentum; caught by losses, kernel, defaults
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    optimizer = torch.optim.SGD(conv2d.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = ((conv2d(X) - Y) ** 2).sum()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
