# wrong: seeds the generator at every call; is changes_global_settings; caught by pure; keeps parameters, values, gradients, dtype, device
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        torch.manual_seed(0)
        return corr2d(x, self.weight) + self.bias
