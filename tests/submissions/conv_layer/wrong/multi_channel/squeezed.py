# wrong: squeezes away an output axis of one; is axes_of_one_dropped; caught by in_out_values, in_values
def corr2d_multi_in(X, K):
    return F.conv2d(X[None], K[None]).squeeze()


def corr2d_multi_in_out(X, K):
    return F.conv2d(X[None], K).squeeze()
