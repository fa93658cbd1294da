# wrong: a little weight decay; is weight_decay; caught by losses, kernel
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    losses = []
    opt = torch.optim.SGD(conv2d.parameters(), lr=lr, weight_decay=1e-4)
    for step in range(num_steps):
        loss = ((conv2d(X) - Y) ** 2).sum()
        opt.zero_grad(); loss.backward(); opt.step()
        losses.append(loss.item())
    return losses
