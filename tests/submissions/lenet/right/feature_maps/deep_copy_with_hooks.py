# right: hooks on a copy of the model, which nobody else sees
import copy


def feature_maps(model, X):
    twin, kept = copy.deepcopy(model), {}
    twin.conv1.register_forward_hook(lambda m, i, o: kept.update(first=o.detach().relu()))
    twin.conv2.register_forward_hook(lambda m, i, o: kept.update(second=o.detach().relu()))
    twin(X)
    return kept["first"], kept["second"]
