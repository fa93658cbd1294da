# Leaves work to be done at the end: exit handlers, finalizers, a weak reference that fires late.
# marks: corr2d 10
# %% own cell
import atexit, weakref

def late(*_):
    try:
        open("{canary}/late", "w").close()
    except OSError:
        pass
    while True:
        pass

class Bomb:
    def __del__(self):
        late()

atexit.register(late)
bomb = Bomb()
finalizer = weakref.finalize(Bomb, late)
# %% corr2d
# the honest corr2d
