# right: full linear convolution with the flipped kernel by padded complex FFTs, then cropped; loses at most 0.5
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    size = (h + kh - 1, w + kw - 1)
    full = torch.fft.ifft2(torch.fft.fft2(X, s=size) * torch.fft.fft2(K.flip(0, 1), s=size)).real
    return full[kh - 1:h, kw - 1:w].clone()
