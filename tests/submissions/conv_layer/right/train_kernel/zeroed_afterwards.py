# right: clears gradients once before the loop, and by hand after each update
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    for p in conv2d.parameters():
        p.grad = None
    history = []
    for i in range(num_steps):
        Y_hat = conv2d(X)
        loss = (Y_hat - Y).pow(2).sum()
        loss.backward()
        for p in conv2d.parameters():
            p.data.sub_(lr * p.grad)
            p.grad.zero_()
        history += [loss.detach().numpy().item()]
    return history
