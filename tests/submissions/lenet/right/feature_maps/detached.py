# right: detached at the end
def feature_maps(model, X):
    first = torch.relu(model.conv1(X))
    second = torch.relu(model.conv2(F.max_pool2d(first, kernel_size=2, stride=2)))
    return first.detach(), second.detach()
