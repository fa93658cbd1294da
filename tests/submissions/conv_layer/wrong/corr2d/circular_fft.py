# wrong: forgets to crop the circular correlation that FFTs compute; is circular, refuses_half; caught by values, impulse
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return torch.fft.irfft2(torch.fft.rfft2(X) * torch.fft.rfft2(K, s=X.shape).conj(), s=X.shape)
