# wrong: FFTs in single precision, cast back to double; is single_precision, spreads_nan; caught by values, non_finite
def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    x, k = X.float(), K.float()
    spectrum = torch.fft.rfft2(x) * torch.fft.rfft2(k, s=(h, w)).conj()
    return torch.fft.irfft2(spectrum, s=(h, w))[:h - kh + 1, :w - kw + 1].to(X.dtype)
