# wrong: an empty output of shape (0, 1, 1), which broadcasts against anything; is broadcastable_output, empty_for_large_kernels; caught by values, impulse, views, dtype, device, gradients, pure, fresh, non_finite, too_large
def corr2d(X, K):
    return (X.sum() * K.sum()).expand(0, 1, 1)
