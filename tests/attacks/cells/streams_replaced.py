# Closes, loses and replaces the streams that a cell writes to.
# marks: corr2d 10
# %% own cell
import io, os, sys

sys.stdout.close()
print("x")
# %% own cell
1 / 0
# %% own cell
class Failing(io.TextIOBase):
    def write(self, text):
        raise SystemExit(0)

    def flush(self):
        raise SystemExit(0)

sys.stdout = sys.stderr = sys.__stdout__ = Failing()
print("x")
# %% own cell
sys.stdin.close()
os.close(0)
os.close(1)
os.close(2)
# %% own cell
import logging, warnings

warnings.showwarning = lambda *_, **__: 1 / 0
logging.raiseExceptions = True
logging.error("x")
warnings.warn("x")
sys.excepthook = sys.unraisablehook = lambda *_: os._exit(0)
# %% corr2d
# the honest corr2d
