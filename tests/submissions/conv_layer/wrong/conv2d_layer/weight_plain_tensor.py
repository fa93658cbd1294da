# wrong: the weight is a plain tensor, which no optimizer finds; is weight_is_no_parameter, mixes_devices; caught by parameters, device
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = torch.rand(kernel_size, requires_grad=True)
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return corr2d(x, self.weight) + self.bias
