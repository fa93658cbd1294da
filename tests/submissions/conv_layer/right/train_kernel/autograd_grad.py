# right: torch.autograd.grad, which never touches .grad
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    parameters = list(conv2d.parameters())
    losses = []
    while len(losses) < num_steps:
        residual = conv2d(X) - Y
        loss = (residual * residual).sum()
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients):
                parameter.copy_(parameter - lr * gradient)
        losses.append(loss.item())
    return losses
