# wrong: takes a whole number for padding and for stride, and no pair; caught by values; keeps defaults
def corr2d(X, K, padding=0, stride=1):
    X = F.pad(X, (padding, padding, padding, padding))
    h, w = K.shape
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("kernel too large")
    return (X.unfold(0, h, stride).unfold(1, w, stride) * K).sum((2, 3))
