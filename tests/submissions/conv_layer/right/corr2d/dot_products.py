# right: dot products of flattened windows, written into a list that becomes a tensor by stacking
def corr2d(image, filt):
    (H, W), (h, w) = image.shape, filt.shape
    if h > H or w > W:
        raise ValueError("filter too large")
    flat = filt.reshape(-1)
    out = [image[i:i + h, j:j + w].reshape(-1).dot(flat) for i in range(H - h + 1) for j in range(W - w + 1)]
    return torch.stack(out).view(H - h + 1, W - w + 1)
