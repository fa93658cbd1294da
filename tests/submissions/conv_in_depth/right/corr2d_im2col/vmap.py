# right: vmap over the places, which makes one operation of all of them
def im2col(X, kernel_size):
    windows = X.unfold(0, kernel_size[0], 1).unfold(1, kernel_size[1], 1).flatten(0, 1)
    return torch.vmap(torch.flatten, out_dims=1)(windows)


def corr2d_im2col(X, K):
    columns = im2col(X, K.shape)
    products = torch.vmap(lambda column: column @ K.flatten(), in_dims=1)(columns)
    return products.reshape(X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1)
