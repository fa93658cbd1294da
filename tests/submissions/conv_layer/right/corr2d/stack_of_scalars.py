# right: stacks scalars into rows and rows into the output
def corr2d(X, K):
    oh = X.shape[0] - K.shape[0] + 1
    ow = X.shape[1] - K.shape[1] + 1
    if oh <= 0 or ow <= 0:
        raise ValueError(f"output would be {oh} by {ow}")
    rows = []
    for i in range(oh):
        row = []
        for j in range(ow):
            window = X[i:i + K.shape[0], j:j + K.shape[1]]
            row.append(torch.sum(window * K))
        rows.append(torch.stack(row))
    return torch.stack(rows)
