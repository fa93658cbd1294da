# wrong: the weight is a buffer, which moves along but is not trained; is weight_is_no_parameter, weight_detached; caught by parameters, gradients; keeps values, device
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.register_buffer("weight", torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return corr2d(x, self.weight) + self.bias
