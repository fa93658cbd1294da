# Takes away the streams that cells write to; no later cell can run, here as in Jupyter.
# marks: corr2d 0
# marks: convolve2d 0
# marks: edge_kernels 0
# marks: count_and_field 0
# %% own cell
import sys

sys.stdout = sys.stderr = None
print("x")
