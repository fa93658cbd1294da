# right: Tensor.unfold and einsum, through a helper method
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(size=kernel_size, requires_grad=True))
        self.bias = nn.Parameter(torch.zeros((1,)))

    def windows(self, x):
        kh, kw = self.weight.shape
        return x.unfold(0, kh, 1).unfold(1, kw, 1)

    def forward(self, x):
        return torch.einsum("ijab,ab->ij", self.windows(x), self.weight).add(self.bias)
