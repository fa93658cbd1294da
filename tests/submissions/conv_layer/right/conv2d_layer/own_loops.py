# right: needs no corr2d: two loops over the kernel
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.kernel_size = kernel_size
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.tensor([0.0]))

    def forward(self, x):
        kh, kw = self.kernel_size
        oh, ow = x.shape[0] - kh + 1, x.shape[1] - kw + 1
        y = self.bias.expand(oh, ow)
        for a in range(kh):
            for b in range(kw):
                y = y + x[a:a + oh, b:b + ow] * self.weight[a, b]
        return y
