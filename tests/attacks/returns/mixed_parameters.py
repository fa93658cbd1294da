# Gives each of two layers parameters of another type, and modules that are a tensor.
# marks: conv2d_layer 0
# %% conv2d_layer
made = 0

class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        global made
        made += 1
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size).to([torch.float32, torch.float64, torch.bfloat16][made % 3]))
        self.bias = nn.Parameter(torch.zeros(1))
        object.__setattr__(self, "_modules", torch.ones(3))

    def forward(self, x):
        return x
