# wrong: works with a copy of the weight taken at the start; is weight_remembered, mixes_devices; caught by values, gradients; keeps parameters
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))
        self.kernel = self.weight.detach().clone()

    def forward(self, x):
        return corr2d(x, self.kernel) + self.bias
