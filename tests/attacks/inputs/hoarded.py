# No attack on the answer: keeps every input and every gradient that it ever sees, in the hope of a use for them.
# marks: corr2d 10
# %% corr2d
# the honest corr2d
honest, hoard = corr2d, []

def corr2d(X, K):
    Y = honest(X, K)
    hoard.append((X, K, Y, X.detach().clone(), K.detach().clone()))
    if Y.requires_grad:
        Y.register_hook(lambda G: hoard.append((G, G.clone())))
    return Y
