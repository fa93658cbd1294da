# wrong: calls its layers c1, c3, f5, f6 and out, as in the paper; is other_parameters; caught by parameters
class LeNet(nn.Module):
    def __init__(self, side=28, channels=(6, 16)):
        super().__init__()
        c1, c2 = channels
        self.c1 = nn.Conv2d(1, c1, kernel_size=5, padding=2)
        self.c3 = nn.Conv2d(c1, c2, kernel_size=5)
        self.f5 = nn.Linear(c2 * (side // 4 - 2) ** 2, 120)
        self.f6 = nn.Linear(120, 84)
        self.out = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.c1(x)), 2)
        x = F.max_pool2d(F.relu(self.c3(x)), 2)
        x = x.flatten(1)
        x = F.relu(self.f5(x))
        x = F.relu(self.f6(x))
        return self.out(x)
