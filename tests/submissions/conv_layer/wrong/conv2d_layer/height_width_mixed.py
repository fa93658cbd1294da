# wrong: swaps the two kernel sizes; is weight_has_swapped_sides; caught by parameters, values
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        kw, kh = kernel_size
        self.weight = nn.Parameter(torch.rand(kh, kw))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return corr2d(x, self.weight) + self.bias
