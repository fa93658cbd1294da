# right: shuffles by a generator of its own, and by Python's
import random


def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    generator = torch.Generator().manual_seed(random.Random(len(X)).randrange(1000))
    order = torch.randperm(len(X), generator=generator)
    total = torch.zeros((), dtype=torch.float64)
    for i in range(0, len(order), batch_size):
        chosen = order[i : i + batch_size]
        loss = F.nll_loss(F.log_softmax(model(X[chosen]), dim=1), y[chosen])
        model.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.detach().double() * len(chosen)
    return float(total / len(X))
