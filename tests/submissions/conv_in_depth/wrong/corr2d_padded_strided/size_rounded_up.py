# wrong: rounds the output's size up, with more zeros for the last window; caught by values; keeps defaults
import math


def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    (ph, pw), (sh, sw), (kh, kw) = padding, stride, K.shape
    h, w = X.shape[0] + 2 * ph, X.shape[1] + 2 * pw
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    oh, ow = math.ceil((h - kh) / sh) + 1, math.ceil((w - kw) / sw) + 1
    X = F.pad(X, (pw, pw + sw, ph, ph + sh))
    Y = X.new_zeros(oh, ow)
    for i in range(oh):
        for j in range(ow):
            Y[i, j] = (X[i * sh:i * sh + kh, j * sw:j * sw + kw] * K).sum()
    return Y
