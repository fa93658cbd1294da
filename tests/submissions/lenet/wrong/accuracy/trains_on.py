# wrong: takes a step of training with each question; is trains, leaves_gradients; caught by no_trace
def accuracy(model, X, y):
    was_training = model.training
    model.eval()
    scores = model(X)
    answers = scores.argmax(dim=1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    optimizer.zero_grad()
    F.cross_entropy(scores, y).backward()
    optimizer.step()
    model.train(was_training)
    return (answers == y).float().mean().item()
