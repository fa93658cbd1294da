# right: torch.optim.SGD
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    optimizer = torch.optim.SGD(conv2d.parameters(), lr=lr)
    losses = []
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(conv2d(X), Y, reduction="sum")
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
    return losses
