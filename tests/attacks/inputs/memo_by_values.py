# No attack: remembers its answers by all that they depend on, and gives copies of them away.
# marks: corr2d 10
# %% corr2d
# the honest corr2d
honest, known = corr2d, {}

def corr2d(X, K):
    if X.requires_grad or X.device.type != "cpu":
        return honest(X, K)
    key = tuple((one.dtype, one.shape, one.double().numpy().tobytes()) for one in (X, K))
    if key not in known:
        known[key] = honest(X, K)
    return known[key].clone()
