# wrong: trains on all the digits of scikit-learn, whatever it is given; is learns_nothing; caught by held_out
from sklearn.datasets import load_digits


def train_digits(X, y):
    digits = load_digits()
    X = torch.tensor(digits.images / 16, dtype=torch.float32).repeat_interleave(2, 1).repeat_interleave(2, 2)[:, None]
    y = torch.tensor(digits.target)
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for epoch in range(10):
        train_epoch(model, X, y, optimizer, batch_size=64)
    return model
