# right: X moved by one whole kernel's worth: differences of a linear function, from zero, are exact
def corr2d_backward(X, K, dY):
    dX, dK = torch.empty_like(X), torch.empty_like(K)
    for gradient, answer in ((dX, lambda E: corr2d(E, K)), (dK, lambda E: corr2d(X, E))):
        for place in torch.cartesian_prod(*(torch.arange(n) for n in gradient.shape)).tolist():
            unit = torch.zeros_like(gradient)
            unit[tuple(place)] = 1
            gradient[tuple(place)] = (answer(unit) * dY).sum()
    return dX, dK
