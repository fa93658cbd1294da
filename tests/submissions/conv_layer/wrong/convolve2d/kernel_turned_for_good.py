# wrong: turns the caller's kernel round, and leaves it so; is changes_its_inputs; caught by pure; keeps values, dtype, device
def convolve2d(X, K):
    with torch.no_grad():
        K.copy_(K.flip(0, 1))
    return corr2d(X, K)
