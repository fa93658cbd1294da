# wrong: writes LeNet once more, and flattens the batch; is batch_flattened; caught by overfits
class LeNet(nn.Module):
    def __init__(self, side=28, channels=(6, 16)):
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels[0], 5, padding=2)
        self.conv2 = nn.Conv2d(channels[0], channels[1], 5)
        self.fc1 = nn.Linear(channels[1] * (side // 4 - 2) ** 2, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.fc1(x.flatten()))
        return self.fc3(F.relu(self.fc2(x)))


def train_digits(X, y):
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for epoch in range(10):
        train_epoch(model, X, y, optimizer, batch_size=64)
    return model
