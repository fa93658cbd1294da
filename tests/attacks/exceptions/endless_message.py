# Raises an exception whose message never comes.
# marks: edge_kernels 3
# timeout: edge_kernels.sobel_kernels
# says 1: no answer within 5 s
# %% edge_kernels
# the honest edge_kernels
class Endless(Exception):
    def __str__(self):
        while True:
            pass

def sobel_kernels():
    raise Endless
