# Crashes in every way that leaves a picture of memory behind.
# marks: edge_kernels 0
# %% own cell
import os, resource, signal

try:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
except (OSError, ValueError):
    pass

def crash():
    for number in (signal.SIGQUIT, signal.SIGSEGV, signal.SIGABRT):
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)
    os.abort()
# %% edge_kernels
def vertical_edge_kernel():
    crash()
horizontal_edge_kernel = diagonal_edge_kernel = sobel_kernels = vertical_edge_kernel
