# wrong: forgets that the first place counts too; caught by sizes, padding, stride
def conv_output_size(n, k, padding=0, stride=1):
    return (n - k + 2 * padding) // stride
