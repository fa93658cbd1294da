# wrong: puts the name of a ready-made convolution together while it runs; is ready_made_convolution; caught by values, impulse, views, dtype, device, gradients, pure, fresh, non_finite, too_large
slide = getattr(F, "".join(reversed("d2vnoc")))


def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return slide(X[None, None], K[None, None])[0, 0]
