# right: matmul with a batch of the image's rows
def corr2d_multi_in_out_1x1(X, K):
    return torch.matmul(K[:, :, 0, 0], X.movedim(1, 0)).movedim(0, 1)
