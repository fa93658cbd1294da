# Gives wrong answers to other questions from the cell of this one, and deletes the right ones after they were judged.
# marks: corr2d 10
# %% corr2d
convolve2d = vertical_edge_kernel = num_conv_params = receptive_field = lambda *_: 40.0
# the honest corr2d
# %% edge_kernels
# the honest edge_kernels
del corr2d, convolve2d
# %% count_and_field
corr2d = convolve2d = lambda X, K: X
# the honest count_and_field
