# wrong: an activation that nobody asked for; is negative_cut_off; caught by values; keeps parameters
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return torch.relu(corr2d(x, self.weight) + self.bias)
