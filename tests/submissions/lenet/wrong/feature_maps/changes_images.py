# wrong: normalises the caller's images in place; is changes_its_inputs; caught by no_trace
def feature_maps(model, X):
    with torch.no_grad():
        X -= X.mean()
        first = F.relu(model.conv1(X))
        second = F.relu(model.conv2(F.max_pool2d(first, 2)))
    return first, second
