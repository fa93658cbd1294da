# right: early stopping on a part held back, and the best model returned
import copy


def train_digits(X, y):
    order = torch.randperm(len(X))
    held, kept = order[: len(X) // 10], order[len(X) // 10 :]
    model = LeNet(16, (8, 16))
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
    best, best_share, waited = copy.deepcopy(model), 0.0, 0
    for _ in range(40):
        train_epoch(model, X[kept], y[kept], optimizer, 32)
        with torch.no_grad():
            share = (model(X[held]).argmax(dim=1) == y[held]).float().mean().item()
        if share > best_share:
            best, best_share, waited = copy.deepcopy(model), share, 0
        else:
            waited += 1
        if waited == 6:
            break
    return best
