# Looks around from its own folder, where the folders of other students' workers are.
# marks: corr2d 10
# proof: unconfined
# %% own cell
import os

for path in ("..", "../..", "../home", "../forkserver.log", os.path.dirname(os.getcwd())):
    try:
        if os.listdir(path) if os.path.isdir(path) else open(path).read() + "x":
            print("LEA" + "KED", path)
    except OSError:
        pass
    for spoil in (lambda: open(f"{path}/written", "w").close(), lambda: os.mkdir(f"{path}/made"), lambda: os.rename(".", f"{path}/moved")):
        try:
            spoil()
            print("LEA" + "KED", path)
        except OSError:
            pass
# %% corr2d
# the honest corr2d
