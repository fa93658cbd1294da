# right: the pixels' numbers in every window: index_add_ for dX, take for dK
def corr2d_backward(X, K, dY):
    numbered = torch.arange(X.numel(), device=X.device).reshape(X.shape)
    places = numbered.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1)
    products = torch.einsum("ij,ab->ijab", dY, K)
    dX = X.new_zeros(X.numel()).index_add_(0, places.flatten(), products.flatten()).reshape(X.shape)
    dK = torch.einsum("ijab,ij->ab", X.take(places), dY)
    return dX, dK
