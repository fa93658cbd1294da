# Changes modes, owners, times and attributes of what is not its own.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import os

def spoil():
    for path in ("{canary}", "{canary}/victim", "{canary}/gradebook.db", "{canary}/source"):
        for change in (
            lambda: os.chmod(path, 0o755), lambda: os.chown(path, os.getuid(), os.getgid()), lambda: os.utime(path, (0, 0)),
            lambda: os.utime(path, (1, 1), follow_symlinks=False), lambda: os.setxattr(path, "user.grade", b"40"),
            lambda: os.lchown(path, -1, -1), lambda: os.chflags(path, 0),
        ):
            try:
                change()
            except (OSError, AttributeError):
                pass

spoil()
# %% corr2d
# the honest corr2d
honest = corr2d
def corr2d(X, K):
    spoil()
    return honest(X, K)
