# wrong: a hook on the whole model stays; is leaves_hooks; caught by no_trace; keeps shapes, values
def feature_maps(model, X):
    model.register_forward_hook(lambda module, inputs, output: None)
    with torch.no_grad():
        first = F.relu(model.conv1(X))
        second = F.relu(model.conv2(F.max_pool2d(first, 2)))
    return first, second
