# wrong: forgets the bias; is bias_not_added; caught by maps_values; keeps components_values
def conv_components(X, K, u):
    components = torch.stack([torch.stack([corr2d(X[0, c], k[c]) for k in K]) for c in range(K.shape[1])])
    return components, components.sum(0)
