# wrong: always says that the kernel is too large; is always_raises; caught by values, impulse, views, dtype, device, gradients, pure, fresh, non_finite, too_large
def corr2d(X, K):
    raise ValueError("kernel too large")
