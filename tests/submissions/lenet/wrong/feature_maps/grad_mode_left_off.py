# wrong: turns gradients off for good; is changes_global_settings; caught by no_trace; keeps shapes, values
def feature_maps(model, X):
    torch.set_grad_enabled(False)
    first = F.relu(model.conv1(X))
    second = F.relu(model.conv2(F.max_pool2d(first, 2)))
    return first, second
