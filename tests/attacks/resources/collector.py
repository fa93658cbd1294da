# Turns the garbage collector into a burden: always on, never on, called back, full of cycles.
# marks: corr2d 10
# %% own cell
import gc

def hook(phase, information):
    raise RuntimeError("in the collector")

gc.callbacks.append(hook)
gc.set_threshold(1, 1, 1)
for _ in range(1000):
    cycle = []
    cycle.append(cycle)
gc.set_debug(gc.DEBUG_SAVEALL)
gc.disable()
gc.freeze()
# %% corr2d
# the honest corr2d
