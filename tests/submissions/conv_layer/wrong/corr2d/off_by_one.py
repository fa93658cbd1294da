# wrong: leaves out the last row and the last column; is off_by_one; caught by values, impulse, gradients
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    Y = X.new_zeros(h - kh, w - kw)
    for i in range(h - kh):
        for j in range(w - kw):
            Y[i, j] = (X[i:i + kh, j:j + kw] * K).sum()
    return Y
