# Leaves Python's own switches otherwise than they were: streams, hooks, garbage, folder, environment, locale, paths.
# marks: edge_kernels 4
# %% own cell
import gc, locale, os, signal, sys, threading

def fail(*arguments, **named):
    raise SystemExit(10)
# %% edge_kernels
# the honest edge_kernels
honest = sobel_kernels
def sobel_kernels():
    kernels = honest()
    gc.disable()
    gc.set_threshold(1, 1, 1)
    sys.setswitchinterval(1e-9)
    sys.excepthook = sys.displayhook = sys.unraisablehook = threading.excepthook = fail
    sys.stdout = sys.stderr = sys.stdin = None
    sys.path[:] = []
    sys.argv[:] = []
    os.environ.clear()
    os.chdir("/")
    os.umask(0o777)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPROF, signal.SIGTERM, signal.SIGINT})
    signal.signal(signal.SIGPROF, signal.SIG_IGN)
    locale.setlocale(locale.LC_ALL, "C")
    return kernels
