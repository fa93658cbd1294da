# wrong: the first maps after pooling; is first_after_pooling; caught by shapes, values
def feature_maps(model, X):
    with torch.no_grad():
        first = F.max_pool2d(F.relu(model.conv1(X)), 2)
        second = F.relu(model.conv2(first))
    return first, second
