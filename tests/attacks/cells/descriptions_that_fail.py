# Leaves values whose description raises, exits or never comes to the matter.
# marks: corr2d 10
# %% own cell
class Failing:
    def __init__(self, error):
        self.error = error

    def __repr__(self):
        raise self.error

    _repr_html_ = _repr_png_ = _repr_mimebundle_ = __repr__

Failing(RuntimeError("x"))
# %% own cell
Failing(SystemExit(0))
# %% own cell
Failing(KeyboardInterrupt())
# %% own cell
Failing(GeneratorExit())
# %% own cell
class Deep(BaseException):
    def __str__(self):
        raise Deep

    __repr__ = __str__

raise Deep
# %% own cell
class Meta(type):
    def __repr__(cls):
        raise SystemExit

    def __getattribute__(cls, name):
        raise Deep if name == "__name__" else AttributeError(name)

class Strange(Exception, metaclass=Meta):
    pass

raise Strange
# %% own cell
{Failing(RuntimeError("x")): [Failing(SystemExit(0))]}
# %% corr2d
# the honest corr2d
