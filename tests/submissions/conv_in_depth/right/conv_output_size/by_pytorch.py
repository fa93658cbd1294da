# right: asks F.conv2d, on tensors without values
def conv_output_size(n, k, padding=0, stride=1):
    X, K = torch.empty(1, 1, n, n, device="meta"), torch.empty(1, 1, k, k, device="meta")
    return F.conv2d(X, K, padding=padding, stride=stride).shape[-1]
