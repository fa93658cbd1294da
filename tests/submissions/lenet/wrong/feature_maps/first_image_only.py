# wrong: the maps of the first image, without the batch's axis; is images_axis_lost; caught by shapes
def feature_maps(model, X):
    with torch.no_grad():
        first = F.relu(model.conv1(X))
        second = F.relu(model.conv2(F.max_pool2d(first, 2)))
    return first[0], second[0]
