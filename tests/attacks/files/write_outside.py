# Writes, appends, renames and links into a folder that is not its own, in a cell and in a call.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import os

def spoil():
    for attempt in (
        lambda: open("{canary}/written", "w").write("x"),
        lambda: open("{canary}/gradebook.db", "a").write("x"),
        lambda: os.rename("{canary}/victim", "{canary}/renamed"),
        lambda: os.remove("{canary}/source/conv_layer/conv_layer.py"),
        lambda: os.symlink("/etc/passwd", "{canary}/link"),
        lambda: os.mkdir("{canary}/folder"),
        lambda: os.chmod("{canary}/gradebook.db", 0o777),
        lambda: os.truncate("{canary}/gradebook.db", 0),
    ):
        try:
            attempt()
        except OSError:
            pass

spoil()
# %% corr2d
# the honest corr2d
honest = corr2d
def corr2d(X, K):
    spoil()
    return honest(X, K)
