# right: asks Tensor.unfold how many windows there are
def conv_output_size(n, k, padding=0, stride=1):
    return torch.empty(n + 2 * padding).unfold(0, k, stride).shape[0]
