# wrong: returns a tensor; caught by sizes, padding, stride
def conv_output_size(n, k, padding=0, stride=1):
    places = torch.tensor(n + 2 * padding - k)
    return torch.div(places, stride, rounding_mode="floor") + 1
