# wrong: moves the inputs to a device that there is not; is unknown_device; caught by values, device
def corr2d(X, K):
    kh, kw = K.shape
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError("large")
    X = X.to("gpu")
    return (X.unfold(0, kh, 1).unfold(1, kw, 1) * K).sum((2, 3))
