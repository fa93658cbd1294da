# Locks the gradebook and the sources, so that nobody else can use them.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import fcntl, os

kept = []
for path in ("{canary}/gradebook.db", "{canary}/victim", "{repository}/pyproject.toml", "{canary}"):
    for flags in (os.O_RDONLY, os.O_RDWR):
        for lock in (lambda d: fcntl.flock(d, fcntl.LOCK_EX | fcntl.LOCK_NB), lambda d: fcntl.lockf(d, fcntl.LOCK_EX | fcntl.LOCK_NB),
                     lambda d: fcntl.fcntl(d, 1024, fcntl.F_WRLCK), lambda d: fcntl.fcntl(d, 1026, 0xFF)):
            try:
                kept.append(os.open(path, flags))
                lock(kept[-1])
                print("LEA" + "KED", path)
            except OSError:
                pass
# %% corr2d
# the honest corr2d
