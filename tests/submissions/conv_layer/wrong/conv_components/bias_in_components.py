# wrong: adds the bias to every component; is bias_in_components; caught by components_values, maps_values
def conv_components(X, K, u):
    components = torch.stack([torch.stack([corr2d(X[0, c], k[c]) for k in K]) for c in range(K.shape[1])])
    components = components + u[None, :, None, None]
    return components, components.sum(0)
