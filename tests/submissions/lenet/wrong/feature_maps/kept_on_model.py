# wrong: keeps the maps as attributes of the model; is leaves_attributes; caught by no_trace; keeps shapes, values
def feature_maps(model, X):
    with torch.no_grad():
        first = F.relu(model.conv1(X))
        second = F.relu(model.conv2(F.max_pool2d(first, 2)))
    model.maps = first, second
    return first, second
