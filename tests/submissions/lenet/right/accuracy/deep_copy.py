# right: asks a copy, and leaves the model alone
import copy


def accuracy(model, X, y):
    judge = copy.deepcopy(model).eval()
    with torch.no_grad():
        return sum((judge(X).argmax(dim=1) == y).tolist()) / len(y)
