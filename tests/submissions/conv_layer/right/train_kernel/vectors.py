# right: all parameters in one vector
from torch.nn.utils import parameters_to_vector, vector_to_parameters


def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    losses = [0.0] * num_steps
    for step in range(num_steps):
        conv2d.zero_grad()
        loss = torch.linalg.vector_norm(conv2d(X) - Y) ** 2
        loss = (conv2d(X) - Y).square().sum()
        loss.backward()
        losses[step] = loss.item()
        with torch.no_grad():
            vector = parameters_to_vector(conv2d.parameters())
            vector -= lr * parameters_to_vector(p.grad for p in conv2d.parameters())
            vector_to_parameters(vector, conv2d.parameters())
    return losses
