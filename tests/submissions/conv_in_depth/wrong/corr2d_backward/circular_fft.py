# wrong: spectra of X's size for dK, but of dY's for dX, where they wrap around; caught by dX_values; keeps dK_values
def corr2d_backward(X, K, dY):
    kh, kw = K.shape
    dK = torch.fft.irfft2(torch.fft.rfft2(X) * torch.fft.rfft2(dY, s=X.shape).conj(), s=X.shape)[:kh, :kw]
    small = torch.fft.irfft2(torch.fft.rfft2(dY) * torch.fft.rfft2(K, s=dY.shape), s=dY.shape)
    return F.pad(small, (0, kw - 1, 0, kh - 1)), dK
