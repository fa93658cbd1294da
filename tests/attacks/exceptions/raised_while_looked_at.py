# Returns things that raise whatever there is when they are looked at: in their length, their elements, their class.
# marks: edge_kernels 0
# %% edge_kernels
class Bad(list):
    def __init__(self, error):
        self.error = error
        super().__init__([1.0])
    def __len__(self):
        raise self.error
    __iter__ = __getitem__ = __len__

class Mapping(dict):
    def items(self):
        raise StopIteration

class Key:
    __hash__ = lambda self: 1
    def __str__(self):
        raise GeneratorExit

class Tensor(torch.Tensor):
    @property
    def layout(self):
        raise KeyboardInterrupt
    is_quantized = is_nested = layout

def vertical_edge_kernel():
    return Bad(SystemExit(10))

def horizontal_edge_kernel():
    return Mapping({1: 2})

def diagonal_edge_kernel():
    return {Key(): torch.ones(2, 2)}

def sobel_kernels():
    return torch.ones(3, 3).as_subclass(Tensor), Bad(KeyboardInterrupt())
