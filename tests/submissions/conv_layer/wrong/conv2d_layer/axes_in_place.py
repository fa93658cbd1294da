# wrong: gives the caller's image two more axes; is changes_its_inputs; caught by pure; keeps parameters, values, dtype, device
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        x.unsqueeze_(0).unsqueeze_(0)
        return F.conv2d(x, self.weight[None, None], self.bias)[0, 0]
