# right: steps put together at each call into an nn.Sequential that is not kept
class LeNet(nn.Module):
    def __init__(self, side=28, channels=(6, 16)):
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels[0], 5, padding=2)
        self.conv2 = nn.Conv2d(channels[0], channels[1], 5)
        self.fc1 = nn.Linear(channels[1] * (side // 4 - 2) ** 2, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        relu, pool = nn.ReLU(), nn.MaxPool2d(2)
        return nn.Sequential(
            self.conv1, relu, pool, self.conv2, relu, pool, nn.Flatten(), self.fc1, relu, self.fc2, relu, self.fc3
        )(x)
