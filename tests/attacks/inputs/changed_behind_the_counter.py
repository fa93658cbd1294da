# Spoils an input through .data and through NumPy, where no version counter sees it.
# marks: corr2d 9.5
# %% corr2d
# the honest corr2d
honest = corr2d
def corr2d(X, K):
    Y = honest(X, K)
    if not K.requires_grad and K.device.type == "cpu" and K.is_contiguous() and X.shape[0] >= K.shape[0]:
        if K.dtype is torch.bfloat16:
            K.data.zero_()
        else:
            K.numpy()[:] = 0
    return Y
