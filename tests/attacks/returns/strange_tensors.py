# Returns tensors that are no ordinary ones: sparse, quantized, nested, meta, complex, of exotic types.
# marks: corr2d 0
# %% corr2d
def corr2d(X, K):
    Y = torch.ones(max(1, X.shape[0] - K.shape[0] + 1), max(1, X.shape[1] - K.shape[1] + 1))
    return [
        lambda: Y.to_sparse(),
        lambda: torch.quantize_per_tensor(Y, 1.0, 0, torch.qint8),
        lambda: torch.nested.nested_tensor(list(Y)),
        lambda: torch.nested.nested_tensor(list(Y), layout=torch.jagged),
        lambda: Y.to("meta"),
        lambda: Y.to(torch.complex128),
        lambda: Y.to(torch.complex64).conj(),
        lambda: Y.to(torch.float8_e4m3fn),
        lambda: torch.nn.parameter.UninitializedParameter(),
        lambda: Y.requires_grad_() * 2,
    ][X.numel() % 10]()
