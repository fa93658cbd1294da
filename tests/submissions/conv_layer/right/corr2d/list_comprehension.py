# right: one flat list comprehension, then a reshape
def corr2d(X, K):
    (h, w), (kh, kw) = X.size(), K.size()
    if kh > h or kw > w: raise ValueError("no room for the kernel")
    return torch.stack([(X[i:i+kh, j:j+kw] * K).sum() for i in range(h-kh+1) for j in range(w-kw+1)]).reshape(h-kh+1, w-kw+1)
