# Leaves objects whose ends raise, exit and bring them back to life.
# marks: corr2d 10
# %% own cell
import weakref

class Phoenix:
    lives = 3

    def __del__(self):
        global ashes
        self.lives -= 1
        if self.lives:
            ashes = self
        raise SystemExit(10)

class Quiet:
    pass
# %% corr2d
# the honest corr2d
honest = corr2d
def corr2d(X, K):
    Phoenix()
    weakref.finalize(Quiet(), exit, 10)
    thing = Quiet()
    watcher = weakref.ref(thing, lambda dead: quit())
    del thing
    return honest(X, K)
