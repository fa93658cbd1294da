# wrong: a cell that does not parse; is undefined; caught by values, impulse, views, dtype, device, gradients, pure, fresh, non_finite, too_large
def corr2d(X, K)
    return X * K
