# wrong: the bias starts as one; is bias_starts_as_ones; caught by parameters; keeps values, gradients, device
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.ones(1))

    def forward(self, x):
        return corr2d(x, self.weight) + self.bias
