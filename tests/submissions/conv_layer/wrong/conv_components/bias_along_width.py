# wrong: adds u along the last axis; is bias_along_width; caught by maps_values
def conv_components(X, K, u):
    components = torch.stack([torch.stack([corr2d(X[0, c], k[c]) for k in K]) for c in range(K.shape[1])])
    return components, components.sum(0) + u
