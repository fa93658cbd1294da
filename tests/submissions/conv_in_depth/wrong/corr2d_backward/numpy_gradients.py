# wrong: SciPy-like sums in NumPy, which end on the CPU; is stays_on_the_cpu; caught by both_device; keeps dX_values, dK_values, both_dtype, both_pure
def corr2d_backward(X, K, dY):
    x, k, dy = X.cpu().numpy(), K.cpu().numpy(), dY.cpu().numpy()
    dx, dk = 0 * x, 0 * k
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dx[i:i + k.shape[0], j:j + k.shape[1]] += dy[i, j] * k
            dk += dy[i, j] * x[i:i + k.shape[0], j:j + k.shape[1]]
    return torch.from_numpy(dx), torch.from_numpy(dk)
