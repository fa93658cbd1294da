# wrong: trains a deep copy of the layer; is on_a_copy; caught by kernel, stale_gradients, in_place, defaults; keeps losses
import copy


def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    conv2d = copy.deepcopy(conv2d)
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
