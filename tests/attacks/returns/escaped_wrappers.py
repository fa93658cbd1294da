# Returns tensors out of a transformation that has ended, and of the kinds that compilers trace with.
# marks: convolve2d 0
# %% convolve2d
# the honest convolve2d
honest = convolve2d

def escaped(X, K):
    found = []
    torch.func.vmap(lambda row: (found.append(row), row)[1])(honest(X, K))
    return found[0]

def traced(X, K):
    found = []
    torch.func.grad(lambda Z: (found.append(honest(Z, K)), found[0].sum())[1])(X)
    return found[0][None]

def fake(X, K):
    from torch._subclasses.fake_tensor import FakeTensorMode
    return FakeTensorMode().from_tensor(honest(X, K).detach())

def functional(X, K):
    return torch._to_functional_tensor(honest(X, K).detach())[None]

def convolve2d(X, K):
    return [escaped, traced, fake, functional][X.shape[0] % 4](X, K)
