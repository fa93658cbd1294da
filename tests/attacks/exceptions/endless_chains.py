# Raises exceptions that are their own cause, groups within groups, and tracebacks without end, in a cell and in a call.
# marks: convolve2d 0
# %% own cell
def chained():
    error = ValueError("first")
    other = KeyError("second")
    error.__cause__, other.__cause__ = other, error
    error.__context__, other.__context__ = error, other
    return error

def grouped():
    group = ValueError("inmost")
    for depth in range(500):
        group = ExceptionGroup("x" * 100, [group, chained()])
    return group

raise grouped()
# %% convolve2d
def deep(count):
    if count == 0:
        raise chained()
    deep(count - 1)

def convolve2d(X, K):
    if X.numel() % 2:
        raise grouped()
    deep(500)
