# wrong: returns the maps alone; is one_value_only; caught by components_values, maps_values
def conv_components(X, K, u):
    return F.conv2d(X, K, u)[0]
