# wrong: answers NaN, which no comparison with > or < ever faults; is no_finite_output; caught by values, impulse, views, dtype, device, gradients, pure, fresh, non_finite, too_large
def corr2d(X, K):
    shape = (X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1)
    if min(shape) < 1:
        raise ValueError("kernel too large")
    return X.new_full(shape, float("nan")) * (X.sum() * K.sum())
