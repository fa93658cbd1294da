# right: rounds down with torch.floor; the float is a whole number
def conv_output_size(n, k, padding=0, stride=1):
    return torch.floor(torch.tensor((n + 2 * padding - k) / stride)).item() + 1
