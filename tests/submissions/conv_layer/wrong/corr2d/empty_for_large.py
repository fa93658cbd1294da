# wrong: answers an empty tensor where the kernel does not fit; is empty_for_large_kernels; caught by too_large; keeps values, impulse, views, dtype, device, gradients, pure, fresh, non_finite
def corr2d(X, K):
    oh, ow = X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1
    if oh < 1 or ow < 1:
        return X.new_empty(max(oh, 0), max(ow, 0))
    return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)
