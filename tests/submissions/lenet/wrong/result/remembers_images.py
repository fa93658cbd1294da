# wrong: a table of the images that it was given, which knows no others; is learns_nothing; caught by held_out
class Table(nn.Module):
    def __init__(self, X, y):
        super().__init__()
        self.X, self.y = X.clone(), y.clone()

    def forward(self, x):
        scores = torch.zeros(len(x), 10)
        for image, score in zip(x, scores):
            same = (self.X == image).flatten(1).all(dim=1)
            if same.any():
                score[self.y[same][0]] = 1
        return scores


def train_digits(X, y):
    return Table(X, y)
