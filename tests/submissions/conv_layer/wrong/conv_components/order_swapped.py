# wrong: returns maps before components; is order_exchanged; caught by components_values, maps_values
def conv_components(X, K, u):
    components = torch.stack([torch.stack([corr2d(X[0, c], k[c]) for k in K]) for c in range(K.shape[1])])
    return components.sum(0) + u[:, None, None], components
