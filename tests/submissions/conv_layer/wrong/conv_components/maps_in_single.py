# wrong: adds the maps up in zeros of the default type; is float32_whatever_comes_in, stays_on_the_cpu, mixes_devices; caught by both_dtype, both_device; keeps components_values, maps_values, both_gradients, both_pure
def conv_components(X, K, u):
    components = torch.stack([torch.stack([corr2d(X[0, c], k[c]) for k in K]) for c in range(X.shape[1])])
    maps = torch.zeros(components.shape[1:])
    for piece in components:
        maps += piece
    maps += u[:, None, None]
    return components, maps
