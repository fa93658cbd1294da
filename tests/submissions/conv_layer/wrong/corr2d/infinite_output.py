# wrong: divides by zero everywhere; is no_finite_output; caught by values, impulse, gradients
def corr2d(X, K):
    shape = (X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1)
    if min(shape) < 1:
        raise ValueError("kernel too large")
    return X.new_ones(shape) / (0 * K.sum())
