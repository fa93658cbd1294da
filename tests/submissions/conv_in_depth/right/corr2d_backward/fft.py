# right: spectra of X's size, in which nothing wraps around
def corr2d_backward(X, K, dY):
    size, (kh, kw) = X.shape, K.shape
    spectrum = torch.fft.rfft2(dY, s=size)
    dX = torch.fft.irfft2(spectrum * torch.fft.rfft2(K, s=size), s=size)
    dK = torch.fft.irfft2(torch.fft.rfft2(X) * spectrum.conj(), s=size)
    return dX, dK[:kh, :kw].clone()
