# right: a network of its own with dropout, left in training mode
def train_digits(X, y):
    model = nn.Sequential(
        nn.Conv2d(1, 8, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(64, 120), nn.ReLU(), nn.Dropout(0.2), nn.Linear(120, 10),
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
    for _ in range(15):
        train_epoch(model, X, y, optimizer, 64)
    return model
