# Returns collections that are large, deep or within themselves.
# marks: corr2d 0
# %% corr2d
def corr2d(X, K):
    itself = []
    itself.append(itself)
    deep = []
    for _ in range(100_000):
        deep = [deep]
    return [itself, deep, dict.fromkeys(range(10**6), 1.0), "x" * 10**8, {"k" * 10**7: [[["v"] * 4000] * 4] * 4}][X.numel() % 5]
