# wrong: computes without gradients, as the cell that draws does; is graph_cut; caught by both_gradients; keeps components_values, maps_values, both_dtype, both_device, both_pure
@torch.no_grad()
def conv_components(X, K, u):
    components = torch.stack([torch.stack([corr2d(X[0, c], k[c]) for k in K]) for c in range(X.shape[1])])
    return components, components.sum(0) + u[:, None, None]
