# wrong: only the first of the maps is without its graph; is graph_kept; caught by no_trace; keeps shapes, values
def feature_maps(model, X):
    first = F.relu(model.conv1(X))
    second = F.relu(model.conv2(F.max_pool2d(first, 2)))
    return first.detach(), second
