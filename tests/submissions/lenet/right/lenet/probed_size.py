# right: finds the size of fc1 by sending zeros through the convolutions
class LeNet(nn.Module):
    def __init__(self, side=28, channels=(6, 16)):
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels[0], 5, padding="same")
        self.conv2 = nn.Conv2d(channels[0], channels[1], 5)
        with torch.no_grad():
            size = self.features(torch.zeros(1, 1, side, side)).shape[1]
        self.fc1 = nn.Linear(size, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def features(self, x):
        for conv in (self.conv1, self.conv2):
            x = F.max_pool2d(conv(x).relu(), 2)
        return torch.flatten(x, start_dim=1)

    def forward(self, x):
        x = self.features(x)
        return self.fc3(torch.relu(self.fc2(torch.relu(self.fc1(x)))))
