# wrong: the untouched cell; is unwritten; caught by dX_values, dK_values, both_dtype, both_device, both_pure
def corr2d_backward(X, K, dY):
    raise NotImplementedError
