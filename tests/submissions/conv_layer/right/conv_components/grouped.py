# right: one grouped F.conv2d, returned as a list
def conv_components(X, K, u):
    co, ci, kh, kw = K.shape
    pieces = F.conv2d(X, K.transpose(0, 1).reshape(ci * co, 1, kh, kw), groups=ci)
    components = pieces.reshape(ci, co, *pieces.shape[-2:])
    return [components, torch.sum(components, dim=0) + u.view(-1, 1, 1)]
