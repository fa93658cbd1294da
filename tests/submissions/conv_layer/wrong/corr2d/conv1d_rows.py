# wrong: a one-dimensional ready-made convolution for every kernel row; is ready_made_convolution; caught by values, impulse, gradients
def corr2d(X, K):
    oh = X.shape[0] - K.shape[0] + 1
    if oh < 1 or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    return sum(F.conv1d(X[a:a + oh, None], K[a][None, None])[:, 0] for a in range(K.shape[0]))
