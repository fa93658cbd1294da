# wrong: fills torch.zeros(shape), which is float32 and on the CPU; is float32_whatever_comes_in, mixes_devices; caught by both_dtype, both_device; keeps components_values, maps_values, both_gradients, both_pure
def conv_components(X, K, u):
    (_, ci, h, w), (co, _, kh, kw) = X.shape, K.shape
    components = torch.zeros(ci, co, h - kh + 1, w - kw + 1)
    for c in range(ci):
        for k in range(co):
            components[c, k] = corr2d(X[0, c], K[k, c])
    maps = torch.zeros(co, h - kh + 1, w - kw + 1)
    for k in range(co):
        maps[k] = components[:, k].sum(0) + u[k]
    return components, maps
