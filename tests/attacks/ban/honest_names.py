# No attack: an honest answer that speaks of convolutions, names things after them and compares itself with PyTorch's.
# marks: corr2d 10
# %% corr2d
class Conv2D:
    """Not torch.nn.Conv2d, and not F.conv2d either."""

    def __init__(self, K: nn.Parameter) -> None:
        self.conv2d = K  # F.conv2d would be forbidden

    def my_conv2d(self, X):
        conv = honest(X, self.conv2d)
        return conv

def corr2d(X, K):
    return Conv2D(K).my_conv2d(X)

# the honest corr2d
honest, corr2d = corr2d, lambda X, K: Conv2D(K).my_conv2d(X)
print(F.conv2d(torch.ones(1, 1, 3, 3), torch.ones(1, 1, 2, 2)))
