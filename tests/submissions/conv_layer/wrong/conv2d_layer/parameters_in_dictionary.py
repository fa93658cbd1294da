# wrong: keeps its parameters in a dictionary, where neither an optimizer nor .to finds them; is not_registered, mixes_devices; caught by parameters, values, gradients, device
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.learned = {"weight": nn.Parameter(torch.rand(kernel_size)), "bias": nn.Parameter(torch.zeros(1))}

    @property
    def weight(self):
        return self.learned["weight"]

    @property
    def bias(self):
        return self.learned["bias"]

    def forward(self, x):
        return corr2d(x, self.weight) + self.bias
