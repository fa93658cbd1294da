# wrong: sends the first maps on without their ReLU; is no_relu_between; caught by values; keeps shapes
def feature_maps(model, X):
    with torch.no_grad():
        first = model.conv1(X)
        second = model.conv2(F.max_pool2d(first, 2)).relu()
        first = first.relu()
    return first, second
