# wrong: the untouched cell; is unwritten; caught by values, impulse, views, dtype, device, gradients, pure, fresh, non_finite, too_large
def corr2d(X, K):
    raise NotImplementedError
