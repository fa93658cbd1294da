# wrong: keeps PyTorch's four axes; is weight_has_four_axes; caught by parameters, values, gradients, device
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(1, 1, *kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return F.conv2d(x.reshape(1, 1, *x.shape), self.weight, self.bias)
