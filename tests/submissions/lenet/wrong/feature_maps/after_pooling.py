# wrong: the maps after pooling; is after_pooling; caught by shapes, values
def feature_maps(model, X):
    with torch.no_grad():
        first = F.max_pool2d(F.relu(model.conv1(X)), 2)
        second = F.max_pool2d(F.relu(model.conv2(first)), 2)
    return first, second
