# wrong: sends the first maps on without pooling; is not_pooled_between; caught by shapes, values
def feature_maps(model, X):
    with torch.no_grad():
        first = F.relu(model.conv1(X))
        second = F.relu(model.conv2(first))
    return first, second
