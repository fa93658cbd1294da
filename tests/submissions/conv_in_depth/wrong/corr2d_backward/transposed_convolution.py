# wrong: F.conv_transpose2d for dX; is ready_made_convolution; caught by dX_values, dK_values
def corr2d_backward(X, K, dY):
    return F.conv_transpose2d(dY[None, None], K[None, None])[0, 0], corr2d(X, dY)
