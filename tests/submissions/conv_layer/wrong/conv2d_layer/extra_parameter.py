# wrong: has a third parameter; is more_parameters; caught by parameters; keeps values
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))
        self.scale = nn.Parameter(torch.ones(1))

    def forward(self, x):
        return corr2d(x, self.weight) * self.scale + self.bias
