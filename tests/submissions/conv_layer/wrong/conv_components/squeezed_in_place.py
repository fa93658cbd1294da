# wrong: takes the batch axis off the caller's image; is changes_its_inputs; caught by both_pure; keeps components_values, maps_values, both_dtype, both_device
def conv_components(X, K, u):
    X.squeeze_(0)
    components = torch.stack([torch.stack([corr2d(x, k[c]) for k in K]) for c, x in enumerate(X)])
    return components, components.sum(0) + u[:, None, None]
