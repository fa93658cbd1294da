# Takes its own working folder away: removes it, renames it, shuts it, and goes elsewhere.
# marks: corr2d 10
# %% own cell
import os, shutil

here = os.getcwd()
for call in (
    lambda: os.rename(here, os.path.dirname(here) + "/moved"),
    lambda: os.rename(here, "{canary}/moved"),
    lambda: os.chmod(here, 0),
    lambda: shutil.rmtree(here),
    lambda: os.rmdir(here),
    lambda: os.chdir("/"),
    lambda: os.fchdir(os.open("/", os.O_RDONLY)),
):
    try:
        call()
    except OSError:
        pass
# %% corr2d
# the honest corr2d
