# right: an nn.Sequential whose parts have the required names
from collections import OrderedDict


class LeNet(nn.Sequential):
    def __init__(self, side=28, channels=(6, 16)):
        c1, c2 = channels
        super().__init__(OrderedDict([
            ("conv1", nn.Conv2d(1, c1, 5, padding=2)), ("relu1", nn.ReLU()), ("pool1", nn.MaxPool2d(2)),
            ("conv2", nn.Conv2d(c1, c2, 5)), ("relu2", nn.ReLU()), ("pool2", nn.MaxPool2d(2)), ("flatten", nn.Flatten()),
            ("fc1", nn.Linear(c2 * (side // 4 - 2) ** 2, 120)), ("relu3", nn.ReLU()),
            ("fc2", nn.Linear(120, 84)), ("relu4", nn.ReLU()),
            ("fc3", nn.Linear(84, 10)),
        ]))
