# right: kernels as polynomials in one variable, with rows far enough apart that nothing carries over
def compose_kernels(K1, K2):
    (a, b), (c, d) = K1.shape, K2.shape
    width = b + d - 1
    p, q = F.pad(K1, (0, width - b)).flatten(), F.pad(K2, (0, width - d)).flatten()
    products = torch.outer(p, q)
    degrees = torch.arange(len(p), device=p.device)[:, None] + torch.arange(len(q), device=p.device)
    powers = p.new_zeros(len(p) + len(q) - 1).index_add(0, degrees.flatten(), products.flatten())
    return powers[:(a + c - 1) * width].reshape(a + c - 1, width)
