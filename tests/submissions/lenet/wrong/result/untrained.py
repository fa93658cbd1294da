# wrong: returns the model as it was born; is learns_nothing; caught by held_out
def train_digits(X, y):
    model = LeNet(side=16, channels=(8, 16))
    return model
