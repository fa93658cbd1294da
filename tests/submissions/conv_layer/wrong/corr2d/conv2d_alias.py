# wrong: reaches conv2d under another name; is ready_made_convolution; caught by values, impulse, views, dtype, device, gradients, pure, fresh, non_finite, too_large
slide = getattr(torch.nn.functional, "conv" + "2d")


def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return slide(X.unsqueeze(0).unsqueeze(0), K.unsqueeze(0).unsqueeze(0)).squeeze(0).squeeze(0)
