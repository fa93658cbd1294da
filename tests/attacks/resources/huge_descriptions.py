# Returns and displays objects that describe themselves in a hundred megabytes.
# marks: corr2d 0
# %% own cell
class Talker:
    def __repr__(self):
        return "x" * 100_000_000

    _repr_html_ = _repr_markdown_ = _repr_latex_ = _repr_svg_ = __repr__

    def _repr_mimebundle_(self, **_):
        return {f"text/x{number}": "y" * 1_000_000 for number in range(100)}

Talker()
# %% own cell
raise RuntimeError(Talker())
# %% own cell
{"x" * number: Talker() for number in range(10)}
# %% corr2d
def corr2d(X, K):
    if X.dim() == 2:
        raise ValueError(Talker())
    return Talker()
