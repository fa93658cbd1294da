# right: rolls dY over a canvas of X's size
def corr2d_backward(X, K, dY):
    canvas = torch.zeros_like(X)
    canvas[:dY.shape[0], :dY.shape[1]] = dY
    dX, dK = torch.zeros_like(X), torch.empty_like(K)
    for a in range(K.shape[0]):
        for b in range(K.shape[1]):
            moved = torch.roll(canvas, (a, b), (0, 1))
            dX = dX + K[a, b] * moved
            dK[a, b] = torch.vdot(moved.flatten(), X.flatten())
    return dX, dK
