# right: composing is what the gradient of a correlation does: corr2d_backward gives it as dX
def compose_kernels(K1, K2):
    X = K1.new_zeros(K1.shape[0] + K2.shape[0] - 1, K1.shape[1] + K2.shape[1] - 1)
    return corr2d_backward(X, K1, K2)[0]
