# right: F.conv2d with a kernel flipped by fliplr and flipud
def convolve2d(X, K):
    flipped = torch.flipud(torch.fliplr(K))
    return F.conv2d(X.unsqueeze(0).unsqueeze(0), flipped.unsqueeze(0).unsqueeze(0)).squeeze(0).squeeze(0)
