# wrong: adds the bias as plain numbers; is u_detached; caught by both_gradients; keeps components_values, maps_values, both_dtype, both_device, both_pure
def conv_components(X, K, u):
    components = torch.stack([torch.stack([corr2d(X[0, c], k[c]) for k in K]) for c in range(X.shape[1])])
    return components, torch.stack([components[:, k].sum(0) + u[k].item() for k in range(len(K))])
