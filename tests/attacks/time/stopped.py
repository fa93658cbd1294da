# Stops itself with the signal that nobody can catch, and waits to be continued.
# marks: edge_kernels 3
# says 1: no answer within 5 s
# timeout: edge_kernels.sobel_kernels
# %% edge_kernels
# the honest edge_kernels
honest = sobel_kernels
def sobel_kernels():
    import signal
    signal.raise_signal(signal.SIGSTOP)
    return honest()
