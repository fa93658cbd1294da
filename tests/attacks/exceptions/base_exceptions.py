# Raises what is no Exception: KeyboardInterrupt, GeneratorExit, a class of its own with a metaclass that lies.
# marks: corr2d 0
# %% corr2d
class Meta(type):
    @property
    def __name__(cls):
        raise SystemExit(0)

class Own(BaseException, metaclass=Meta):
    pass

def corr2d(X, K):
    raise [KeyboardInterrupt, GeneratorExit, Own][X.numel() % 3]
