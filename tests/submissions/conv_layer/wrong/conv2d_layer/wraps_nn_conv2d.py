# wrong: an nn.Conv2d inside, with parameters of other names and shapes; is other_parameters; caught by parameters, values
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.conv = nn.Conv2d(1, 1, kernel_size)

    def forward(self, x):
        return self.conv(x[None, None])[0, 0]
