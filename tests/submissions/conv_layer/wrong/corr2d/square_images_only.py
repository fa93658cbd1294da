# wrong: takes the image's height for its width too; is square_images_only; caught by values, impulse
def corr2d(X, K):
    n = X.shape[0]
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel too large")
    Y = X.new_zeros(n - K.shape[0] + 1, n - K.shape[1] + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + K.shape[0], j:j + K.shape[1]] * K).sum()
    return Y
