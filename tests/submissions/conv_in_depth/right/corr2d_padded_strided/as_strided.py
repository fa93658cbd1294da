# right: as_strided over the padded image, with its strides times those asked for
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    (ph, pw), (sh, sw), (kh, kw) = padding, stride, K.shape
    P = nn.ZeroPad2d((pw, pw, ph, ph))(X)
    (h, w), (down, right) = P.shape, P.stride()
    if kh > h or kw > w:
        raise ValueError("kernel too large")
    size = ((h - kh) // sh + 1, (w - kw) // sw + 1, kh, kw)
    return torch.tensordot(P.as_strided(size, (down * sh, right * sw, down, right)), K, dims=([2, 3], [0, 1]))
