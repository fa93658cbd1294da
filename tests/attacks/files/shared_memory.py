# Leaves files in shared memory and in the folders that everybody may write to.
# marks: corr2d 10
# proof: unconfined
# %% own cell
from multiprocessing import shared_memory

for folder in ("/dev/shm", "/tmp", "/var/tmp", "/run", "/run/lock"):
    try:
        open(folder + "/{mark}", "w").close()
    except OSError:
        pass
try:
    shared_memory.SharedMemory("{mark}-memory", create=True, size=4096)
except OSError:
    pass
# %% corr2d
# the honest corr2d
