# right: torch.func.grad on a functional call, then load_state_dict
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    def loss_of(parameters):
        return ((torch.func.functional_call(conv2d, parameters, (X,)) - Y) ** 2).sum()

    losses = []
    for _ in range(num_steps):
        parameters = {name: p.detach() for name, p in conv2d.named_parameters()}
        gradients, loss = torch.func.grad_and_value(loss_of)(parameters)
        losses.append(loss.item())
        conv2d.load_state_dict({name: p - lr * gradients[name] for name, p in parameters.items()})
    return losses
