# wrong: sends the first maps on without pooling; is no_pooling_between; caught by shapes, values; keeps no_trace
def feature_maps(model, X):
    with torch.no_grad():
        first = F.relu(model.conv1(X))
        second = F.relu(model.conv2(first))
    return first, second
