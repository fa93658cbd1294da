# right: F.unfold pads and strides by itself; one matrix product for the rest
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    sizes = [n + 2 * p for n, p in zip(X.shape, padding)]
    if any(k > n for k, n in zip(K.shape, sizes)):
        raise ValueError("kernel too large")
    columns = F.unfold(X[None, None], tuple(K.shape), padding=padding, stride=stride)[0]
    return (K.flatten() @ columns).reshape([(n - k) // s + 1 for n, k, s in zip(sizes, K.shape, stride)])
