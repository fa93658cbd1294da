# wrong: leaves the model in evaluation mode; is left_in_evaluation_mode; caught by no_trace; keeps shapes, values
def feature_maps(model, X):
    model.eval()
    with torch.no_grad():
        first = F.relu(model.conv1(X))
        second = F.relu(model.conv2(F.max_pool2d(first, 2)))
    return first, second
