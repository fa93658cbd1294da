# wrong: forward hooks that are never removed; is leaves_hooks; caught by no_trace; keeps shapes, values
def feature_maps(model, X):
    kept = []
    for conv in (model.conv1, model.conv2):
        conv.register_forward_hook(lambda module, inputs, output: kept.append(output.relu()))
    with torch.no_grad():
        model(X)
    return tuple(kept)
