# Gives a layer complex parameters, and hides its modules behind something that is none.
# marks: conv2d_layer 0
# %% conv2d_layer
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size, dtype=torch.complex64))
        self.bias = nn.Parameter(torch.zeros(1, dtype=torch.complex64))
        object.__setattr__(self, "_modules", 5)

    def forward(self, x):
        return x
