# A parameter too many, hidden by a register of parameters and by attributes that are the class's own inventions.
# marks: conv2d_layer 5
# says 1: more parameters: scale
# %% conv2d_layer
class Register(dict):
    def items(self):
        return [(key, held) for key, held in super().items() if key != "scale"]
    def __iter__(self):
        return iter([key for key in super().keys() if key != "scale"])
    keys = __iter__
    def __len__(self):
        return 2

real = vars(nn.Module)["__dict__"].__get__

class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        real(self)["_parameters"] = Register()
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))
        self.scale = nn.Parameter(torch.ones(1))
    @property
    def __dict__(self):
        return real(self) | {"_parameters": dict(real(self)["_parameters"].items())}
    def forward(self, x):
        return corr2d(x, self.weight) + self.bias
