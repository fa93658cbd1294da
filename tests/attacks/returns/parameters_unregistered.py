# Parameters that are kept in a dictionary: parameters() is empty, and the layer's class says otherwise.
# marks: conv2d_layer 5
# says 1: weight is not among layer.parameters()
# %% conv2d_layer
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.p = {"weight": nn.Parameter(torch.rand(kernel_size)), "bias": nn.Parameter(torch.zeros(1))}
    @property
    def weight(self):
        return self.p["weight"]
    @property
    def bias(self):
        return self.p["bias"]
    def state_dict(self, **wishes):
        return self.p
    def _save_to_state_dict(self, destination, prefix, keep_vars):
        destination.update(self.p)
    def to(self, what):
        self.p = {key: nn.Parameter(p.detach().to(what)) for key, p in self.p.items()}
        return self
    def forward(self, x):
        assert not list(self.parameters())
        return corr2d(x, self.weight) + self.bias
