# wrong: output channel first in the components; is axes_exchanged; caught by components_values; keeps maps_values
def conv_components(X, K, u):
    components = torch.stack([torch.stack([corr2d(X[0, c], k[c]) for c in range(K.shape[1])]) for k in K])
    return components, components.sum(1) + u[:, None, None]
