# wrong: spectra of the larger kernel's size, which wrap around; caught by values
def compose_kernels(K1, K2):
    size = [max(a, c) for a, c in zip(K1.shape, K2.shape)]
    return torch.fft.irfft2(torch.fft.rfft2(K1, s=size) * torch.fft.rfft2(K2, s=size), s=size)
