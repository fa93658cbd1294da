# No attack: cells compare the answer with PyTorch's convolution, and go on after the comparison.
# marks: corr2d 10
# %% own cell
reference = F.conv2d(torch.ones(1, 1, 3, 3), torch.ones(1, 1, 2, 2))[0, 0]
assert reference.shape == (2, 2)

def slide(X, K):
    kh, kw = K.shape
    windows = X.unfold(0, kh, 1).unfold(1, kw, 1)
    return torch.einsum("ijkl,kl->ij", windows, K)

assert torch.allclose(slide(torch.ones(3, 3), torch.ones(2, 2)), reference)
layer = nn.Conv2d(1, 1, 2)
print(layer(torch.ones(1, 1, 3, 3)).shape)
checked = True
# %% corr2d
assert torch.allclose(slide(torch.ones(3, 3), torch.ones(2, 2)), F.conv2d(torch.ones(1, 1, 3, 3), torch.ones(1, 1, 2, 2))[0, 0])
if not checked:
    raise RuntimeError

def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("too large")
    return slide(X, K)
