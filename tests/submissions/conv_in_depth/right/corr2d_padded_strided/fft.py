# right: multiplies spectra of the padded image
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    spectrum = torch.fft.rfft2(X) * torch.fft.rfft2(K, s=(h, w)).conj()
    return torch.fft.irfft2(spectrum, s=(h, w))[:h - kh + 1:stride[0], :w - kw + 1:stride[1]]
