# wrong: correlates dY with the flipped kernel without padding it; caught by dX_values; keeps dK_values
def corr2d_backward(X, K, dY):
    return corr2d(dY, K.flip(0, 1)), corr2d(X, dY)
