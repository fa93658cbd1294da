# right: layer by layer
def feature_maps(model, X):
    with torch.no_grad():
        first = F.relu(model.conv1(X))
        second = F.relu(model.conv2(F.max_pool2d(first, 2)))
    return first, second
