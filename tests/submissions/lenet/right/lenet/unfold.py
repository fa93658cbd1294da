# right: convolutions by unfold and a matrix product, with the weights of nn.Conv2d
def by_unfold(conv, x):
    p = conv.padding[0]
    columns = F.unfold(x, conv.kernel_size, padding=p)
    maps = conv.weight.flatten(1) @ columns + conv.bias[:, None]
    return maps.reshape(len(x), -1, x.shape[2] + 2 * p - 4, x.shape[3] + 2 * p - 4)


class LeNet(nn.Module):
    def __init__(self, side=28, channels=(6, 16)):
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels[0], 5, padding=2)
        self.conv2 = nn.Conv2d(channels[0], channels[1], 5)
        self.fc1 = nn.Linear(channels[1] * (side // 4 - 2) ** 2, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(by_unfold(self.conv1, x)), 2)
        x = F.max_pool2d(F.relu(by_unfold(self.conv2, x)), 2)
        x = x.flatten(1)
        for layer in (self.fc1, self.fc2):
            x = F.relu(layer(x))
        return self.fc3(x)
