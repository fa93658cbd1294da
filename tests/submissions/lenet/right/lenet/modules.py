# right: every step a module, those without parameters too
class LeNet(nn.Module):
    def __init__(self, side=28, channels=(6, 16)):
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels[0], 5, 1, 2)
        self.relu = nn.ReLU()
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(channels[0], channels[1], 5)
        self.flatten = nn.Flatten()
        side = (side // 2 - 4) // 2
        self.fc1 = nn.Linear(channels[1] * side * side, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = self.pool(self.relu(self.conv1(x)))
        x = self.pool(self.relu(self.conv2(x)))
        x = self.flatten(x)
        x = self.relu(self.fc1(x))
        x = self.relu(self.fc2(x))
        return self.fc3(x)
