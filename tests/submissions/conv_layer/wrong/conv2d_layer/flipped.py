# wrong: a true convolution; is true_convolution; caught by values, gradients; keeps parameters
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return corr2d(x, self.weight.flip(0, 1)) + self.bias
