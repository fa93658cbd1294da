# right: a permutation split into batches
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    losses = []
    for chosen in torch.randperm(len(X), device=X.device).split(batch_size):
        optimizer.zero_grad(set_to_none=False)
        each = F.cross_entropy(model(X[chosen]), y[chosen], reduction="none")
        each.mean().backward()
        optimizer.step()
        losses += each.tolist()
    return sum(losses) / len(losses)
