# wrong: average pooling between the two; is average_pooling; caught by values; keeps shapes
def feature_maps(model, X):
    with torch.no_grad():
        first = F.relu(model.conv1(X))
        second = F.relu(model.conv2(F.avg_pool2d(first, 2)))
    return first, second
