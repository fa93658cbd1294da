# right: multiplies spectra, which spreads a NaN over the whole output; loses at most 0.5
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    spectrum = torch.fft.rfft2(X) * torch.fft.rfft2(K, s=(h, w)).conj()
    return torch.fft.irfft2(spectrum, s=(h, w))[:h - kh + 1, :w - kw + 1].contiguous()
