# Returns objects that lie about what they are, how long they are and how they look.
# marks: edge_kernels 0
# %% edge_kernels
class Liar:
    __class__ = property(lambda self: torch.Tensor)
    __len__ = __index__ = lambda self: 10**30
    def __getattr__(self, name):
        return self
    def __repr__(self):
        raise SystemExit
    __str__ = __repr__

class Long(list):
    def __len__(self):
        return 1
    def __iter__(self):
        while True:
            yield 1.0

class Unreal(int):
    def __index__(self):
        return "10"

def vertical_edge_kernel():
    return Liar()

def horizontal_edge_kernel():
    return Long()

def diagonal_edge_kernel():
    return Unreal(3)

def sobel_kernels():
    return Liar(), Liar()
