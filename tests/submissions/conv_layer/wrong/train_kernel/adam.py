# wrong: Adam, because it is usually better; is adam; caught by losses, kernel, defaults
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    optimizer = torch.optim.Adam(conv2d.parameters(), lr=lr)
    losses = []
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = ((conv2d(X) - Y) ** 2).sum()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
