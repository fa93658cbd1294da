# wrong: the bias spread over the components so that they add up to the maps; is bias_in_components; caught by components_values; keeps maps_values
def conv_components(X, K, u):
    ci = K.shape[1]
    pieces = torch.stack([torch.stack([corr2d(X[0, c], k[c]) for k in K]) for c in range(ci)])
    return pieces + u[None, :, None, None] / ci, pieces.sum(0) + u[:, None, None]
