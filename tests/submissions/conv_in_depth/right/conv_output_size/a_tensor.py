# right: a tensor of one number, which is that number
def conv_output_size(n, k, padding=0, stride=1):
    places = torch.tensor(n + 2 * padding - k)
    return torch.div(places, stride, rounding_mode="floor") + 1
