# wrong: refuses what is not on the CPU; is refuses_other_devices; caught by device; keeps values
def corr2d(X, K):
    kh, kw = K.shape
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError("large")
    if X.device.type != "cpu":
        raise ValueError("unsupported device")
    return (X.unfold(0, kh, 1).unfold(1, kw, 1) * K).sum((2, 3))
