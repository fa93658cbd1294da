# wrong: the lesson's classic, torch.zeros in the loop; is float32_whatever_comes_in, half_comes_out_as_float32, stays_on_the_cpu, empty_for_large_kernels; caught by dtype, half, device, too_large; keeps values, impulse, views, gradients, pure, fresh, non_finite
def corr2d(X, K):
    h, w = K.shape
    Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + h, j:j + w] * K).sum()
    return Y
