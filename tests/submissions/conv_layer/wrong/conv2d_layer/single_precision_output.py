# wrong: answers in float32 after .double(); is float32_whatever_comes_in; caught by dtype; keeps parameters
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return (corr2d(x, self.weight) + self.bias).float()
