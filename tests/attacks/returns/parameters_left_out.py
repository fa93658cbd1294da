# Two things too many that learn, left out of whatever the layer's class can be asked: state_dict, named_parameters.
# marks: conv2d_layer 5
# says 1: more parameters: scale, inner.weight, inner.bias
# %% conv2d_layer
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))
        self.scale = nn.Parameter(torch.ones(1))
        self.inner = nn.Linear(3, 3)
    def state_dict(self, **wishes):
        return {"weight": self.weight, "bias": self.bias}
    def named_parameters(self, *arguments, **wishes):
        yield from self.state_dict().items()
    def _save_to_state_dict(self, destination, prefix, keep_vars):
        destination.update(self.state_dict())
    def named_modules(self, *arguments, **wishes):
        yield "", self
    def forward(self, x):
        return corr2d(x, self.weight) + self.bias
