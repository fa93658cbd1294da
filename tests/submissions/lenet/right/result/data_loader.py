# right: a DataLoader, and the model left in training mode
from torch.utils.data import DataLoader, TensorDataset


def train_digits(X, y):
    net = LeNet(side=16, channels=(12, 24)).train()
    opt = torch.optim.RMSprop(net.parameters(), lr=1e-3)
    loader = DataLoader(TensorDataset(X, y), batch_size=32, shuffle=True)
    for _ in range(12):
        for images, labels in loader:
            opt.zero_grad()
            loss = nn.CrossEntropyLoss()(net(images), labels)
            loss.backward()
            opt.step()
    return net
