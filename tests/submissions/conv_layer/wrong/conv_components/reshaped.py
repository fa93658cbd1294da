# wrong: reshapes (co, ci) to (ci, co) where the axes should change places; is reshaped; caught by components_values; keeps maps_values
def conv_components(X, K, u):
    pieces = torch.stack([torch.stack([corr2d(X[0, c], k[c]) for c in range(K.shape[1])]) for k in K])
    return pieces.reshape(K.shape[1], K.shape[0], *pieces.shape[2:]), pieces.sum(1) + u[:, None, None]
