# wrong: start values on a grid, and no random numbers; is born_equal; caught by parameters; keeps values
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        n = kernel_size[0] * kernel_size[1]
        self.weight = nn.Parameter(torch.linspace(0, 0.99, n).reshape(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))
    def forward(self, x):
        return corr2d(x, self.weight) + self.bias
