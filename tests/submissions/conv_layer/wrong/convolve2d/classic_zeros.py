# wrong: collects the outputs in torch.zeros(shape); is float32_whatever_comes_in, stays_on_the_cpu; caught by dtype, device; keeps values, gradients, pure
def convolve2d(X, K):
    flipped = K.flip(0, 1)
    Y = torch.zeros(X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + K.shape[0], j:j + K.shape[1]] * flipped).sum()
    return Y
