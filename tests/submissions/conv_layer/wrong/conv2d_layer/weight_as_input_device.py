# wrong: collects the output in zeros on the CPU; is stays_on_the_cpu; caught by device; keeps parameters, values, gradients
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        kh, kw = self.weight.shape
        y = torch.zeros(x.shape[0] - kh + 1, x.shape[1] - kw + 1, dtype=x.dtype)
        for i in range(y.shape[0]):
            for j in range(y.shape[1]):
                y[i, j] = (x[i:i + kh, j:j + kw] * self.weight).sum() + self.bias
        return y
