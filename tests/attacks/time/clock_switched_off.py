# Switches the clock off that would stop it, and never returns.
# marks: edge_kernels 3
# says 1: no answer within 5 s
# timeout: edge_kernels.sobel_kernels
# %% edge_kernels
# the honest edge_kernels
def sobel_kernels():
    import signal
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, signal.SIG_IGN)
    while True:
        pass
