# right: two comprehensions on corr2d
def conv_components(X, K, u):
    components = torch.stack([torch.stack([corr2d(X[0, c], K[k, c]) for k in range(K.shape[0])]) for c in range(K.shape[1])])
    return components, components.sum(0) + u[:, None, None]
