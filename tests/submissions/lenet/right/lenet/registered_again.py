# right: the same layers once more in an nn.Sequential: no parameter is counted twice
class LeNet(nn.Module):
    def __init__(self, side=28, channels=(6, 16)):
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels[0], 5, padding=2)
        self.conv2 = nn.Conv2d(channels[0], channels[1], 5)
        self.fc1 = nn.Linear(channels[1] * (side // 4 - 2) ** 2, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)
        self.net = nn.Sequential(
            self.conv1, nn.ReLU(), nn.MaxPool2d(2), self.conv2, nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            self.fc1, nn.ReLU(), self.fc2, nn.ReLU(), self.fc3,
        )

    def forward(self, x):
        return self.net(x)
