# wrong: a plain class, which no optimizer and no .to knows; is is_no_module; caught by parameters, device
class Conv2D:
    def __init__(self, kernel_size):
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def __call__(self, x):
        return corr2d(x, self.weight) + self.bias
