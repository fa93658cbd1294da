# wrong: learns the last layer's bias only; is learns_nothing; caught by held_out
def train_digits(X, y):
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam([model.fc3.bias], lr=1e-2)
    for epoch in range(10):
        train_epoch(model, X, y, optimizer, batch_size=64)
    return model
