# Returns the right numbers as something that is no tensor: an array, lists, a buffer, a generator, a promise.
# marks: convolve2d 0
# %% convolve2d
# the honest convolve2d
honest = convolve2d
def convolve2d(X, K):
    Y = honest(X, K).detach().cpu().double()

    class Array:
        def __array__(self, dtype=None):
            return Y.numpy()
        def __torch_function__(self, *arguments):
            return Y

    async def promise():
        return Y

    late = promise()
    late.close()
    return [
        Y.numpy(), Y.tolist(), memoryview(Y.numpy()), (row for row in Y), late, Array(), tuple(Y), {"Y": Y},
        bytearray(Y.numpy().tobytes()), Y.untyped_storage(),
    ][X.numel() % 10]
