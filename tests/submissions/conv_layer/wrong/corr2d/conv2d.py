# wrong: calls F.conv2d and is done; is ready_made_convolution; caught by values, impulse, views, dtype, device, gradients, pure, fresh, non_finite, too_large
def corr2d(X, K):
    return F.conv2d(X[None, None], K[None, None])[0, 0]
