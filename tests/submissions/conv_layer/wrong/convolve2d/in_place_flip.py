# wrong: flips the kernel with its indices in the wrong order, kw before kh; is flip_by_wrong_index; caught by values
def convolve2d(X, K):
    kh, kw = K.shape
    flipped = torch.zeros_like(K)
    for a in range(kh):
        for b in range(kw):
            flipped[a, b] = K[a, kw - 1 - b] if kh > kw else K[kh - 1 - a, kw - 1 - b]
    return corr2d(X, flipped)
