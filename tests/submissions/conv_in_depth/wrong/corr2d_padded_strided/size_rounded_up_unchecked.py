# wrong: rounds the output's size up, and its last window does not fit; caught by values; keeps defaults
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    (ph, pw), (sh, sw), (kh, kw) = padding, stride, K.shape
    X = F.pad(X, (pw, pw, ph, ph))
    h, w = X.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    Y = X.new_zeros(-((kh - h) // sh) + 1, -((kw - w) // sw) + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i * sh:i * sh + kh, j * sw:j * sw + kw] * K).sum()
    return Y
