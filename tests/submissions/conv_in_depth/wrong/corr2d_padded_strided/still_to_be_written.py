# wrong: the untouched cell; is unwritten; caught by values, defaults, views, dtype, device, gradients, pure, too_large
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    raise NotImplementedError
