# wrong: uses NumPy and does not import it; is numpy_not_imported; caught by values, device
def corr2d(X, K):
    kh, kw = K.shape
    if kh > X.shape[0] or kw > X.shape[1]:
        raise ValueError("large")
    return torch.tensor(numpy.array([[float((X[i:i+kh, j:j+kw] * K).sum()) for j in range(X.shape[1]-kw+1)] for i in range(X.shape[0]-kh+1)]))
