# wrong: freezes the model's parameters in place of no_grad; is parameters_frozen; caught by no_trace; keeps shapes, values
def feature_maps(model, X):
    model.requires_grad_(False)
    first = F.relu(model.conv1(X))
    second = F.relu(model.conv2(F.max_pool2d(first, 2)))
    return first, second
