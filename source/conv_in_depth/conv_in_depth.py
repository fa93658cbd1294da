# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Convolution in depth
#
# The last notebook ended with a layer that learns. This one opens it up. You give the window a border to lean on and
# a longer step; you meet the 1×1 kernel, which looks at a single pixel and is useful all the same, and pooling, which
# has nothing to learn. Then you do by hand what autograd did for you: send a gradient *back* through a convolution.
# You turn a convolution into one matrix product, which is how it becomes fast, and two convolutions into one.
#
# **How to work.** As before: replace `raise NotImplementedError` by your solution, keep the name and the arguments,
# run the cell, and run the check cell below it. Where something is wrong, the check shows you the smallest example it
# found. Run checks as often as you like. Your final mark comes from the same checks, with more examples.
#
# The seven questions carry 37 points. Three short written questions carry one point each, which your instructor gives.

# %% given: setup
import figures
import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import functional as F

# %% [markdown]
# ## 1 · The border
#
# A window that must lie wholly inside the image treats pixels unequally. Take a 5×5 image and a 3×3 window. The pixel
# in the middle is under every one of the nine windows. Under how many is a corner? And if we lay a frame of zeros, one
# pixel wide, around the image? Count before you run the cell.

# %% given: figure_coverage
def windows_over_each_pixel(padding):
    """Of a 5×5 image: how many 3×3 windows cover each pixel, when the image has `padding` zeros around it."""
    places = 5 + 2 * padding - 3 + 1
    # F.fold lays windows back where they came from, and adds up where they overlap: here, windows of ones
    return F.fold(torch.ones(1, 9, places**2), output_size=5, kernel_size=3, padding=padding)[0, 0]


figures.coverage({f"windows over each pixel, padding {p}": windows_over_each_pixel(p) for p in (0, 1)})

# %% [markdown]
# *The figure: two 5×5 tables, darker where a number is smaller. Without padding the corners say 1, the middle 9, and
# the first row 1 2 3 2 1. With one zero around, the corners say 4, the rest of the border 6, and all of the inside 9.*
#
# Without padding a corner has a single vote and the middle has nine. Zeros around the image mend that for the most
# part, and they mend something else: a 5×5 image with a 3×3 kernel gives 3×3 outputs without padding, and 5×5 with
# it. The image no longer shrinks, and you may stack as many layers as you please.
#
# **Padding** is the number of zeros added on *each* side. So a row of $n$ pixels with padding $p$ is $n + 2p$ long.
# **Stride** is the number of pixels from the start of one window to the start of the next. Count the windows of width
# 3 in a row of six pixels, in the figure, in three cases.

# %% given: figure_row
figures.row_of_windows(
    {
        "padding 0, stride 1": (6, 3, 0, 1),
        "padding 1, stride 1": (6, 3, 1, 1),
        "padding 0, stride 2": (6, 3, 0, 2),
    }
)

# %% [markdown]
# *The figure: a row of six pixels, three times, with its windows drawn as bars below it. Padding 0 and stride 1: four
# windows. Padding 1 adds a hatched zero at either end, and there are six windows. Stride 2 without padding: two
# windows, at pixels 0 and 2; a third would stick out by one, so the last pixel is under none.*
#
# By hand. The last window may start at $n + 2p - k$ and no later. Windows start at $0, s, 2s, \ldots$, so there is
# the first one, and one more for every whole $s$ that fits into that distance. "Every whole" is a division rounded
# *down*:
#
# $$ \text{size} = \left\lfloor \frac{n + 2p - k}{s} \right\rfloor + 1 , \qquad
#    \left\lfloor \frac{6 + 0 - 3}{2} \right\rfloor + 1 = \lfloor 1.5 \rfloor + 1 = 2 . $$
#
# ### Question 1 · `conv_output_size` (3 points)
#
# Write `conv_output_size(n, k, padding=0, stride=1)`: how many outputs a window `k` wide has in a row of `n` pixels.
#
# | | |
# |---|---|
# | `n`, `k` | whole numbers from 1 up; `k` always fits: `k` ≤ `n + 2 * padding` |
# | `padding` | zeros on **each** side, from 0 up; 0 when the caller does not say |
# | `stride` | from 1 up; 1 when the caller does not say |
# | returns | an `int` |
#
# What counts: the sizes of plain windows, called with `n` and `k` alone; with padding; with padding and stride.
#
# Hint: `//` divides and rounds down.


# %% solution: conv_output_size
def conv_output_size(n, k, padding=0, stride=1):
    """How many windows of width k fit on n pixels with `padding` zeros on each side, `stride` pixels apart; an int."""
    ### BEGIN SOLUTION
    return (n + 2 * padding - k) // stride + 1
    ### END SOLUTION


# %% check: conv_output_size

# %% [markdown]
# Layers of four networks that made history. Their images and kernels are square, so one side is enough:

# %%
with figures.when_solved():
    for name, sizes in {
        "LeNet, first layer": (28, 5, 2, 1),
        "AlexNet, first layer": (224, 11, 2, 4),
        "VGG, every layer": (224, 3, 1, 1),
        "ResNet, first layer": (224, 7, 3, 2),
    }.items():
        n, k, padding, stride = sizes
        print(f"{name:21} kernel {k:2}  padding {padding}  stride {stride}:  {n} → {conv_output_size(*sizes)}")

# %% [markdown]
# 28, 55, 224, 112. With stride 1 and a kernel of odd width, the padding $p = (k-1)/2$ keeps the size: 2 for LeNet's 5,
# 1 for VGG's 3. That is a reason why most kernels have odd sides: for an even one you would need half a zero on each
# side. And stride 2 halves the size, as in ResNet.

# %% [markdown]
# ### Written question A (1 point; your instructor marks it)
#
# Somebody builds a network of ten 3×3 layers, without padding, for 28×28 images of handwritten digits. Tell them what
# they lose. How large is the last map, and how deep could they go at most? Which pixels count for less, and how do you
# see it in the first figure? And is there something that padding with *zeros* gets wrong? (The photograph in Section 2
# may give you an idea.) Three or four sentences.

# %% answer: why_padding [markdown] points=1
# Your answer here.

# %% [markdown]
# ## 2 · Padding and stride at work
#
# In two dimensions each direction has a padding and a stride of its own. We write them as pairs, height first:
# `padding=(1, 1)` and `stride=(3, 2)` means one zero on each of the four sides, windows three rows and two columns
# apart.
#
# By hand, with an image and a kernel that you know: 0 to 8, and `[[0, 1], [2, 3]]`. The padded image is 5×5:
#
# $$
# \begin{bmatrix} 0 & 0 & 0 & 0 & 0 \\ 0 & 0 & 1 & 2 & 0 \\ 0 & 3 & 4 & 5 & 0 \\ 0 & 6 & 7 & 8 & 0 \\ 0 & 0 & 0 & 0 & 0
# \end{bmatrix}
# $$
#
# There are $\lfloor (3+2-2)/3 \rfloor + 1 = 2$ windows down and $\lfloor (3+2-2)/2 \rfloor + 1 = 2$ across. The first
# has three zeros from the padding and one that is the pixel 0: the output is 0. The next one to the right starts two
# columns on: $0\cdot 0 + 0\cdot 1 + 1\cdot 2 + 2\cdot 3 = 8$. Find the two others before you run the cell.

# %% given: figure_padded_walk
figures.padded_walk(
    X=torch.arange(9.0).reshape(3, 3), K=torch.arange(4.0).reshape(2, 2), padding=(1, 1), stride=(3, 2)
)

# %% [markdown]
# *The figure: five columns. On the left the kernel. Then the padded image four times, its padding grey and the image
# itself outlined, with a shaded, framed 2×2 window at rows 0 and 3 and at columns 0 and 2; under each, the output
# filled so far and the sum that gave its newest entry: 0, 8, 6, 8.*
#
# The middle row of the image is under no window, for the stride, 3, is larger than the kernel, 2. The last column of
# zeros is under none either: there the division was rounded down. Nobody would build this layer, but it is a good test.
#
# ### Question 2 · `corr2d` (7 points)
#
# Write `corr2d(X, K, padding=(0, 0), stride=(1, 1))`, the cross-correlation of the last notebook with padding and
# stride.
#
# | | shape |
# |---|---|
# | `X` | `(h, w)` |
# | `K` | `(kh, kw)`, not necessarily square |
# | `padding` | a pair `(ph, pw)`, from 0 up: `ph` rows of zeros above *and* below, `pw` columns left *and* right |
# | `stride` | a pair `(sh, sw)`, from 1 up |
# | padded image | `(h + 2 * ph, w + 2 * pw)` |
# | result | $\left(\lfloor (h + 2p_h - k_h)/s_h \rfloor + 1,\ \lfloor (w + 2p_w - k_w)/s_w \rfloor + 1\right)$ |
#
# What counts:
#
# * The values, within rounding error, for large and small numbers, for paddings and strides that differ in height and
#   width, and for paddings wider than the kernel.
# * `corr2d(X, K)` still is the plain, valid cross-correlation.
# * `X` and `K` may be any view: a transpose, every second column, a part of something larger, an expanded row.
# * The result has the type (float64 or float32) and the device of `X`: `X.new_zeros(shape)` follows `X`,
#   `torch.zeros(shape)` does not.
# * Gradients flow back to both `X` and `K`: no `.item()`, `.tolist()`, `.detach()` or NumPy.
# * `X` and `K`, the random state, the default type and the gradient mode stay as they are.
# * A kernel taller or wider than the **padded** image raises `ValueError`; one that fits only thanks to the padding is
#   answered.
#
# **Not allowed here:** a ready-made convolution: any PyTorch operation with "conv" in its name, however it is reached,
# or SciPy's and the like. Building on it would be assuming the answer. Wherever convolutions are barred in this
# notebook, ready-made pooling is barred as well ("max_pool", "avg_pool"): you will not miss it. `F.pad`, slicing,
# `unfold`, `matmul` and `einsum` are fine.
#
# You may call your `conv_output_size`. From here on the checks lend your code a right one under that name, so a mistake
# in Question 1 costs marks once and not again.
#
# Hint: `F.pad` takes `(left, right, top, bottom)`, *width first*. And `X[a:b:s]` is every `s`-th row from `a` on, up
# to but not including `b`.


# %% solution: corr2d_padded_strided
def corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    """Two-dimensional cross-correlation with zero padding on each side and a stride, each a pair (height, width).

    X: (h, w), K: (kh, kw); returns ((h + 2*ph - kh) // sh + 1, (w + 2*pw - kw) // sw + 1), in the type and on the
    device of X. Raises ValueError when K is taller or wider than the padded X.
    """
    ### BEGIN SOLUTION
    (ph, pw), (sh, sw), (kh, kw) = padding, stride, K.shape
    X = F.pad(X, (pw, pw, ph, ph))
    h, w = X.shape
    if kh > h or kw > w:
        raise ValueError(f"a {kh}×{kw} kernel does not fit on a padded image of {h}×{w}")
    last_row, last_column = h - kh, w - kw  # where the last window may start
    Y = X.new_zeros(last_row // sh + 1, last_column // sw + 1)
    # Each kernel entry meets the pixels that lie under it in all the windows.
    for a in range(kh):
        for b in range(kw):
            Y = Y + X[a : a + last_row + 1 : sh, b : b + last_column + 1 : sw] * K[a, b]
    return Y
    ### END SOLUTION


# %% check: corr2d_padded_strided

# %% [markdown]
# The hand example, and the same by PyTorch, whose `F.conv2d` counts padding and stride as we do:

# %%
with figures.when_solved():
    X, K = torch.arange(9.0).reshape(3, 3), torch.arange(4.0).reshape(2, 2)
    print(corr2d(X, K, padding=(1, 1), stride=(3, 2)))
    print(F.conv2d(X[None, None], K[None, None], padding=(1, 1), stride=(3, 2))[0, 0])

# %% [markdown]
# 0, 8, 6, 8, twice. Now the photograph, with a kernel that averages 5×5 pixels, at strides 1, 2 and 4. Will you
# still know what it shows?

# %% given: figure_strides
with figures.when_solved():
    grey = figures.photograph().mean(dim=0)
    average = torch.full((5, 5), 1 / 25)
    by_stride = {stride: corr2d(grey, average, padding=(2, 2), stride=(stride, stride)) for stride in (1, 2, 4)}
    figures.pictures(
        {"photograph 128×128": grey}
        | {f"stride {s}: {Y.shape[0]}×{Y.shape[1]} = {Y.numel():,} outputs": Y for s, Y in by_stride.items()},
        limits=(0, float(grey.max())),
    )

# %% [markdown]
# *The figure: a grey photograph of a cat's face, and three averages of it, drawn at the same size. With stride 1 it
# is blurred and has a dark rim, where zeros were averaged in; with stride 2 it is a little coarser; with stride 4 its
# 32×32 pixels are large enough to see, and it is still a cat.*
#
# 16,384 outputs, then 4,096, then 1,024: stride $s$ leaves one output in $s^2$, and that is the work it costs, too. The
# blurred picture had little to say between its pixels, so little is lost.
#
# ### Written question B (1 point; your instructor marks it)
#
# A layer has stride 1; you give it stride 2 and change nothing else. What happens to the size of its output, to the
# number of multiplications it does, and to the number of its weights? What happens to the reach (the receptive field of
# the last notebook) of the layers *above* it? When would you rather not do it? Three or four sentences.

# %% answer: why_stride [markdown] points=1
# Your answer here.

# %% [markdown]
# ## 3 · A kernel of one pixel
#
# A 1×1 kernel has no neighbours to look at. On one channel it multiplies a picture by a number, which is no great
# thing. But an image has channels, and a layer adds up over them: with 1×1 kernels, each pixel's channels are mixed
# into new ones, by the same recipe everywhere. That is a *dense layer, applied at every pixel*.
#
# By hand. One row of two pixels, two channels: channel 0 is `[1, 2]`, channel 1 is `[3, 4]`. So the left pixel is
# $(1, 3)$ and the right one $(2, 4)$. Three output channels, with the weights $(1, 1)$, $(1, -1)$ and $(0, 2)$:
#
# $$
# \begin{bmatrix} 1 & 1 \\ 1 & -1 \\ 0 & 2 \end{bmatrix}
# \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}
# = \begin{bmatrix} 4 & 6 \\ -2 & -2 \\ 6 & 8 \end{bmatrix} .
# $$
#
# On the left a row for each output channel; in the middle a column for each *pixel*; the product has each output
# channel in a row, each pixel in a column. The whole layer is one matrix product.
#
# ### Question 3 · `corr2d_multi_in_out_1x1` (3 points)
#
# Write `corr2d_multi_in_out_1x1(X, K)`, a layer of 1×1 kernels without bias, **by one matrix product**.
#
# | | shape |
# |---|---|
# | `X` | `(ci, h, w)` |
# | `K` | `(co, ci, 1, 1)`, as PyTorch stores kernels |
# | `K` as a matrix | `(co, ci)` |
# | the pixels as columns | `(ci, h * w)` |
# | result | `(co, h, w)` |
#
# What counts:
#
# * The values, for one channel and many, square images and others.
# * One product: the check counts the operations that PyTorch carries out. Exactly one of them is a matrix product,
#   however you write it (`@`, `torch.matmul`, `torch.mm`, `torch.einsum`, `torch.tensordot`, `F.linear`), and their
#   number does not grow with the channels or the pixels: no loop over either.
# * Gradients to `X` and `K`; a result of the type (float64 or float32) and on the device of `X`; and that `X`, `K`, the
#   random state, the default type and the gradient mode stay as they are.
#
# **Not allowed here:** a ready-made convolution, as in Question 2, since it would hide the matrix product that this is
# about.
#
# Hint: `reshape`.


# %% solution: corr2d_1x1
def corr2d_multi_in_out_1x1(X, K):
    """A layer of 1×1 kernels as one matrix product. X: (ci, h, w), K: (co, ci, 1, 1); returns (co, h, w)."""
    ### BEGIN SOLUTION
    (ci, h, w), co = X.shape, K.shape[0]
    return (K.reshape(co, ci) @ X.reshape(ci, h * w)).reshape(co, h, w)
    ### END SOLUTION


# %% check: corr2d_1x1

# %% [markdown]
# Is it really a dense layer? Give an `nn.Linear` and your function the same weights, and let the dense layer walk over
# the pixels.

# %%
with figures.when_solved():
    X = torch.rand(3, 4, 5)
    dense = nn.Linear(3, 2, bias=False)
    with torch.no_grad():
        maps = corr2d_multi_in_out_1x1(X, dense.weight.reshape(2, 3, 1, 1))
        pixel_by_pixel = torch.stack([torch.stack([dense(X[:, i, j]) for j in range(5)]) for i in range(4)])
    print("maps", tuple(maps.shape), " pixel by pixel", tuple(pixel_by_pixel.shape))
    print("the same within rounding:", torch.allclose(maps, pixel_by_pixel.permute(2, 0, 1), atol=1e-6))

# %% [markdown]
# The same numbers, with the channels at the other end. What is it good for? It changes the number of channels
# cheaply. A 3×3 layer from 256 to 256 channels has many weights; what if a 1×1 layer first brings the 256 channels
# down to 64, the 3×3 layer works on those, and another 1×1 layer brings them up again?

# %%
# device="meta" makes layers that have shapes and no numbers: enough to count with
plain = [nn.Conv2d(256, 256, 3, bias=False, device="meta")]
bottleneck = [nn.Conv2d(*sizes, bias=False, device="meta") for sizes in [(256, 64, 1), (64, 64, 3), (64, 256, 1)]]
for name, layers in {"3×3": plain, "1×1, 3×3, 1×1": bottleneck}.items():
    print(f"{name:14} weights {sum(layer.weight.numel() for layer in layers):7,}")

# %% [markdown]
# 589,824 against 69,632: more than eight times fewer, and so it is with the work. This *bottleneck* is what deep
# residual networks are built of.

# %% [markdown]
# ## 4 · Pooling
#
# An edge that moves by one pixel moves the answer by one pixel. Often that is more than we want to know: *is there an
# edge around here?* Pooling asks that. It slides a window like a convolution, but it has no kernel: it takes the
# largest number in the window, or the average.
#
# By hand, on the image 0 to 8 with a 2×2 window. The first window holds 0, 1, 3, 4: the maximum is 4, the average is
# $(0+1+3+4)/4 = 2$. And the other three windows? The figure has another image, on which the two disagree more.

# %% given: figure_pooling
figures.pooling(torch.tensor([[1.0, 0, 0, 2], [0, 9, 1, 0], [2, 0, 0, 1], [0, 1, 3, 0]]), pool_size=(2, 2))

# %% [markdown]
# *The figure: a 4×4 image, its 3×3 maxima and its 3×3 averages, with the first window and its outputs shaded and
# framed. The image has a single 9 among small numbers. Of the nine maxima, the four whose windows cover it are 9; of
# the averages, the same four are 2.5 or 2.75, and the others at most 1.*
#
# The maximum keeps what stands out and forgets where it was; the average spreads it thin.
#
# A trap. It is tempting to start from 0 and to remember whatever is larger. Try it in your head on a window that holds
# −3, −1, −2, −4.
#
# ### Question 4 · `pool2d` (5 points)
#
# Write `pool2d(X, pool_size, mode='max')`, pooling with stride 1 and without padding.
#
# | | |
# |---|---|
# | `X` | `(h, w)` |
# | `pool_size` | a pair `(ph, pw)`, not necessarily square; it always fits on `X` |
# | `mode` | `'max'` or `'avg'`; `'max'` when the caller does not say |
# | one window | `(ph, pw)` |
# | result | `(h - ph + 1, w - pw + 1)` |
#
# What counts:
#
# * The maxima, and the averages, within rounding error.
# * The maxima of images that are negative throughout.
# * Gradients to `X`, in both modes. (A maximum sends its gradient to the pixel that was largest; all pixels differ in
#   these examples, so there is just one.)
# * A result of the type (float64 or float32) and on the device of `X`; and that `X`, the random state, the default type
#   and the gradient mode stay as they are.
# * Any other `mode` raises `ValueError`. A typing error such as `'mean'` should be heard of at once, and not give the
#   maximum, or `None`.
#
# **Not allowed here:** ready-made pooling: PyTorch's operations with "max_pool" or "avg_pool" in their names,
# `nn.MaxPool2d` and `nn.AvgPool2d` included, and SciPy's filters and the like; and ready-made convolutions. They are
# the answer to the question. `max`, `amax`, `mean`, slicing and `unfold` are fine.
#
# Hint: `X.unfold(0, ph, 1)` cuts the rows into windows and has the shape `(h - ph + 1, w, ph)`; cut once more, in the
# other direction.


# %% solution: pool2d
def pool2d(X, pool_size, mode='max'):
    """Pooling with stride 1, by 'max' or 'avg'. X: (h, w), pool_size: (ph, pw); returns (h - ph + 1, w - pw + 1).

    Raises ValueError for any other mode.
    """
    ### BEGIN SOLUTION
    if mode not in ("max", "avg"):
        raise ValueError(f"mode is 'max' or 'avg', and not {mode!r}")
    ph, pw = pool_size
    windows = X.unfold(0, ph, 1).unfold(1, pw, 1)  # (h - ph + 1, w - pw + 1, ph, pw)
    return windows.amax(dim=(2, 3)) if mode == "max" else windows.mean(dim=(2, 3))
    ### END SOLUTION


# %% check: pool2d

# %% [markdown]
# The hand example in full, and the trap:

# %%
with figures.when_solved():
    X = torch.arange(9.0).reshape(3, 3)
    print(pool2d(X, (2, 2)), pool2d(X, (2, 2), mode="avg"))
    print(pool2d(torch.tensor([[-3.0, -1.0], [-2.0, -4.0]]), (2, 2)))

# %% [markdown]
# 4, 5, 7, 8 and 2, 3, 5, 6; and −1, where a maximum that starts from 0 would say 0. On a photograph, the edges of the
# cat, and what 7×7 windows make of them:

# %% given: figure_photo_pooling
with figures.when_solved():
    grey = figures.photograph().mean(dim=0)
    edges = corr2d(grey, torch.tensor([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]])).abs()
    figures.pictures(
        {
            "upright edges": edges,
            "the largest of 7×7": pool2d(edges, (7, 7)),
            "the average of 7×7": pool2d(edges, (7, 7), mode="avg"),
        },
        limits=(0, float(edges.max())),
    )

# %% [markdown]
# *The figure: the upright edges of the cat's face, light on black, and the two poolings in the same shades of grey.
# The maximum turns every line into a broad band, as light as before; the average turns it into a dim haze.*
#
# Where a band is, there is an edge within three pixels: that is the question we asked. In a network the window moves
# with a stride as large as itself, for instance 2×2 with stride 2. With your function that is `pool2d(X, (2, 2))[::2,
# ::2]`: three of four outputs are not needed. Does it matter by how much the edge moved?

# %%
with figures.when_solved():
    for column in (2, 3, 4):
        step = torch.zeros(4, 9)
        step[:, column + 1 :] = 1
        edge = corr2d(step, torch.tensor([[-1.0, 1.0]]))
        pooled = pool2d(edge, (2, 2))[::2, ::2]
        print(f"edge in column {column}: answers {edge[0].int().tolist()}  pooled {pooled[0].int().tolist()}")

# %% [markdown]
# From column 2 to column 3 the edge stays in its window, and the pooled answers are the same. From 3 to 4 it crosses
# into the next window, and they are not. Pooling makes a network *less* sensitive to small shifts, and not
# insensitive.
#
# ### Written question C (1 point; your instructor marks it)
#
# You want to halve the height and the width of your feature maps. You could pool them 2×2 with stride 2, or give the
# convolution before it stride 2. Compare the two: what is learned and what is not, what is computed, what is thrown
# away, and what each keeps of *where* something was. Which would you choose for reading a digit, and which for saying
# where in the image it is? Three or four sentences.

# %% answer: why_pooling_or_stride [markdown] points=1
# Your answer here.

# %% [markdown]
# ## 5 · The way back
#
# Training needs gradients. Suppose that a loss $L$ depends on the output $Y = X \star K$ of a plain cross-correlation,
# without padding and with stride 1, and that we know how: $dY$, of the shape of $Y$, holds
# $\partial L/\partial Y_{i,j}$. What we want is $dK$ and $dX$: how the loss depends on each kernel entry and on each
# pixel. So far autograd found them for us. Now you find them.
#
# By hand, on the image 0 to 8 with the kernel `[[0, 1], [2, 3]]`. These are all four outputs:
#
# $$
# \begin{aligned}
# Y_{00} &= X_{00}K_{00} + X_{01}K_{01} + X_{10}K_{10} + X_{11}K_{11} \\
# Y_{01} &= X_{01}K_{00} + X_{02}K_{01} + X_{11}K_{10} + X_{12}K_{11} \\
# Y_{10} &= X_{10}K_{00} + X_{11}K_{01} + X_{20}K_{10} + X_{21}K_{11} \\
# Y_{11} &= X_{11}K_{00} + X_{12}K_{01} + X_{21}K_{10} + X_{22}K_{11}
# \end{aligned}
# $$
#
# **The kernel.** $K_{00}$ stands in all four lines, in the first column of products. If it grows by a little, each
# output grows by so much times the pixel beside it, so
#
# $$ dK_{00} = X_{00}\,dY_{00} + X_{01}\,dY_{01} + X_{10}\,dY_{10} + X_{11}\,dY_{11} . $$
#
# Look at the pixels: they are the top left window of $X$, of the shape of $dY$. For $K_{01}$ it is the window one to
# the right. So $dY$ slides over $X$ like a kernel:
#
# $$ dK = X \star dY . $$
#
# With $dY = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$ the first entry is
# $0\cdot 1 + 1\cdot 2 + 3\cdot 3 + 4\cdot 4 = 27$. The shapes fit: $h - (h - k_h + 1) + 1 = k_h$.
#
# **The image.** The corner $X_{00}$ stands in one line only, and $dX_{00} = dY_{00}\,K_{00}$. The pixel in the middle,
# $X_{11}$, stands in all four:
#
# $$ dX_{11} = dY_{00}K_{11} + dY_{01}K_{10} + dY_{10}K_{01} + dY_{11}K_{00}
#            = 1\cdot 3 + 2\cdot 2 + 3\cdot 1 + 4\cdot 0 = 10 . $$
#
# $dY$ in reading order, but $K$ *backwards*: last entry first. No wonder. The output *below and to the right* of a
# pixel cannot see it; those above and to the left do, and the further back an output starts, the later the pixel comes
# in its window. So turn $K$ round, up for down and left for right. And for the corner the same sum has only one term,
# since the other three outputs do not exist: let them be zeros, around $dY$.
#
# $$ dX = \mathrm{pad}(dY) \star \mathrm{turned}(K) . $$
#
# How many zeros are needed on each side? The figure shows a corner, an edge and the middle.

# %% given: figure_way_back
figures.padded_walk(
    X=torch.tensor([[1.0, 2.0], [3.0, 4.0]]),
    K=torch.arange(4.0).reshape(2, 2).flip(0, 1),
    padding=(1, 1),
    places=[(0, 0), (0, 1), (1, 1)],
    names=("dY", "K turned round", "dX"),
)

# %% [markdown]
# *The figure: the kernel turned round, `[[3, 2], [1, 0]]`, and three times dY, `[[1, 2], [3, 4]]`, in a frame of grey
# zeros. The window lies over the corner of that frame, over its upper edge and over dY itself; under each is the entry
# of dX that it gives: 0, 1 and 10.*
#
# So the way back through a cross-correlation is two more cross-correlations, one for the weights and one for the
# pixels. That is why a training step costs about three times what the forward pass costs.
#
# ### Question 5 · `corr2d_backward` (8 points)
#
# Write `corr2d_backward(X, K, dY)`, which returns the pair `(dX, dK)`, **without autograd**.
#
# | | shape | |
# |---|---|---|
# | `X` | `(h, w)` | the image |
# | `K` | `(kh, kw)` | the kernel, not necessarily square; it fits on `X` |
# | `dY` | `(h - kh + 1, w - kw + 1)` | $\partial L/\partial Y$ for $Y = X \star K$: no padding, stride 1 |
# | `dX` | `(h, w)` | $\partial L/\partial X$ |
# | `dK` | `(kh, kw)` | $\partial L/\partial K$ |
#
# What counts:
#
# * The values of `dX`, and the values of `dK`, within rounding error.
# * Both results have the type (float64 or float32) and the device of `X`.
# * `X`, `K` and `dY`, the random state, the default type and the gradient mode stay as they are.
#
# **Not allowed here:** *autograd*, since this question is what autograd does. No `.backward()`, no
# `torch.autograd.grad`, nothing of `torch.func` that differentiates (`grad`, `vjp`, `jvp`, `jacrev` …), no forward-mode
# differentiation. The check notices when autograd runs, or when numbers are made that carry a derivative along.
# And no ready-made convolution, as in Question 2, nor its gradients (`torch.nn.grad.conv2d_input` and the like).
#
# Your own `corr2d` from Question 2 is welcome here, with its padding. From here on the checks lend your code a right
# `corr2d` under that name, so a mistake in Question 2 costs marks once and not again.
#
# Hint: `K.flip(0, 1)` turns `K` round. How many zeros around `dY` make the result as large as `X`? For the 2×2 kernel
# of the figure it was one on each side; for others, ask `conv_output_size`.


# %% solution: corr2d_backward
def corr2d_backward(X, K, dY):
    """The gradients of a loss with respect to X (h, w) and K (kh, kw), where Y = corr2d(X, K).

    dY: (h - kh + 1, w - kw + 1), the gradient with respect to Y; returns dX (h, w) and dK (kh, kw). No autograd.
    """
    ### BEGIN SOLUTION
    kh, kw = K.shape
    dX = corr2d(dY, K.flip(0, 1), padding=(kh - 1, kw - 1))
    dK = corr2d(X, dY)
    return dX, dK
    ### END SOLUTION


# %% check: corr2d_backward

# %% [markdown]
# The hand example in full; and autograd, which may be asked here, on numbers of its own.

# %%
with figures.when_solved():
    dX, dK = corr2d_backward(
        torch.arange(9.0).reshape(3, 3), torch.arange(4.0).reshape(2, 2), torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    )
    print(dX, dK, sep="\n")
    X, K = torch.rand(6, 7, requires_grad=True), torch.rand(3, 2, requires_grad=True)
    Y = F.conv2d(X[None, None], K[None, None])[0, 0]
    dY = torch.rand_like(Y)
    Y.backward(dY)
    dX, dK = corr2d_backward(X.detach(), K.detach(), dY)
    print("as autograd:", torch.allclose(dX, X.grad, atol=1e-5), torch.allclose(dK, K.grad, atol=1e-5))

# %% [markdown]
# `dX` is `[[0, 1, 2], [2, 10, 10], [6, 17, 12]]` and `dK` is `[[27, 37], [57, 67]]`.
#
# Now you can train without autograd. The task of the last notebook: the banded image, its edges, a kernel that starts
# at (−.4690, .5537), ten steps of 0.03. Do you remember the losses? The loss is $\sum (\hat Y - Y)^2$, so
# $dY = 2(\hat Y - Y)$.

# %%
with figures.when_solved():
    X = torch.ones(6, 8)
    X[:, 2:6] = 0
    Y = corr2d(X, torch.tensor([[1.0, -1.0]]))
    K = torch.tensor([[-0.4690, 0.5537]])
    losses = []
    for _ in range(10):
        error = corr2d(X, K) - Y
        losses.append((error**2).sum().item())
        K = K - 3e-2 * corr2d_backward(X, K, 2 * error)[1]
    print("loss at step", "  ".join(f"{step}: {losses[step - 1]:.3f}" for step in range(2, 11, 2)))
    print("learned", [round(value, 4) for value in K.flatten().tolist()], " part of a graph:", K.requires_grad)

# %% [markdown]
# 11.296, 1.912, 0.328, 0.058, 0.011 and the kernel (.9871, −.9780): the very numbers that autograd gave. There is no
# magic in it.

# %% [markdown]
# ## 6 · One matrix product
#
# Your `corr2d` has a loop over the kernel's entries. A loop over the outputs would be worse. Graphics cards, and
# processors too, are at their best when they are given *one* large matrix product. Can a convolution be one?
#
# Each output is a sum of products of a window with the kernel. So write each window as a *column*, its pixels in
# reading order. Then the kernel, written as a row, meets them all in one product. The matrix of windows is called
# **im2col**, "image to columns".
#
# By hand: an image of three rows and four columns, 0 to 11, and 2×2 windows. There are 2 down and 3 across, so six
# columns. The first window holds 0, 1, 4, 5: that is the first column. The next holds 1, 2, 5, 6.
#
# $$
# \begin{bmatrix} 0 & 1 & 2 & 3 \\ 4 & 5 & 6 & 7 \\ 8 & 9 & 10 & 11 \end{bmatrix}
# \;\longrightarrow\;
# \begin{bmatrix}
# 0 & 1 & ? & ? & ? & ? \\ 1 & 2 & ? & ? & ? & ? \\ 4 & 5 & ? & ? & ? & ? \\ 5 & 6 & ? & ? & ? & ?
# \end{bmatrix}
# $$

# %% given: figure_im2col
figures.im2col_matrix(torch.arange(12.0).reshape(3, 4), kernel_size=(2, 2), window=4)

# %% [markdown]
# *The figure: on the left the 3×4 image, with the window at row 1, column 1 shaded and framed: 5, 6, 9, 10. On the
# right the 4×6 matrix; the same four numbers stand in its column 4 (counted from 0), shaded and framed. Its rows are
# labelled with the kernel entry they meet, its columns with the place of their window. The first row reads
# 0 1 2 4 5 6.*
#
# Read it by rows now: the first row holds what $K_{00}$ meets in all the windows, which is the image without its last
# row and column. So there are two ways to make the matrix: window by window, or kernel entry by kernel entry.
#
# The kernel `[[0, 1], [2, 3]]` as a row, times this matrix: the first entry is
# $0\cdot 0 + 1\cdot 1 + 2\cdot 4 + 3\cdot 5 = 24$, and the six entries, cut into rows of three, are the output.
#
# ### Question 6 · `im2col` and `corr2d_im2col` (8 points)
#
# Write `im2col(X, kernel_size)`, and with it `corr2d_im2col(X, K)`, the valid cross-correlation as one matrix product.
#
# | | shape |
# |---|---|
# | `X` | `(h, w)` |
# | `kernel_size` | a pair `(kh, kw)`, not necessarily square; it fits on `X` |
# | `K` | `(kh, kw)` |
# | number of windows | `(oh, ow)`, with `oh = h - kh + 1` and `ow = w - kw + 1` |
# | result of `im2col` | `(kh * kw, oh * ow)`: windows in reading order as columns, their pixels in reading order |
# | result of `corr2d_im2col` | `(oh, ow)` |
#
# That is the order of PyTorch's `F.unfold`.
#
# What counts:
#
# * Of `im2col`: the values, and a result of the type (float64 or float32) and on the device of `X`.
# * Of `corr2d_im2col`: the values, within rounding error; gradients to `X` and `K`; type and device as those of `X`;
#   and that `X`, `K`, the random state, the default type and the gradient mode stay as they are.
# * **The work does not grow.** The check counts the operations that PyTorch carries out. For a 16×16 output, `im2col`
#   and `corr2d_im2col` take as many as for a 4×4 output and the same kernel. A loop over the kernel's entries is
#   allowed; a loop over the outputs, or over rows of them, is not. The values have to be right and gradients have to
#   arrive there as well, so that no work is hidden in `.tolist()` or NumPy.
#
# **Not allowed here:** a ready-made convolution, as in Question 2. `F.unfold`, `unfold`, `as_strided`, `einsum`,
# `matmul` and indexing are fine.
#
# Where `corr2d_im2col` is wrong only because your `im2col` is, it gets its marks all the same: it is asked once more
# with a working `im2col`. (The work is counted with your own.)
#
# Hint: `X.unfold(0, kh, 1).unfold(1, kw, 1)` has the shape `(oh, ow, kh, kw)`; you want `(kh, kw, oh, ow)`, and then
# two axes made of four.


# %% solution: corr2d_im2col
def im2col(X, kernel_size):
    """The windows of X (h, w) as columns, in the order of F.unfold; returns (kh * kw, oh * ow)."""
    ### BEGIN SOLUTION
    kh, kw = kernel_size
    windows = X.unfold(0, kh, 1).unfold(1, kw, 1)  # (oh, ow, kh, kw)
    return windows.permute(2, 3, 0, 1).reshape(kh * kw, -1)
    ### END SOLUTION


def corr2d_im2col(X, K):
    """Valid cross-correlation as one matrix product. X: (h, w), K: (kh, kw); returns (h - kh + 1, w - kw + 1)."""
    ### BEGIN SOLUTION
    (h, w), (kh, kw) = X.shape, K.shape
    return (K.reshape(1, -1) @ im2col(X, (kh, kw))).reshape(h - kh + 1, w - kw + 1)
    ### END SOLUTION


# %% check: corr2d_im2col

# %% [markdown]
# The hand example, and then the count: PyTorch's operations for outputs of several sizes, with a 3×3 kernel. The first
# function below is the loop over the outputs; the second, the loop over kernel entries.

# %% given: figure_work
def window_by_window(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    Y = X.new_zeros(h - kh + 1, w - kw + 1)
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            Y[i, j] = (X[i : i + kh, j : j + kw] * K).sum()
    return Y


def entry_by_entry(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    oh, ow = h - kh + 1, w - kw + 1
    Y = X.new_zeros(oh, ow)
    for a in range(kh):
        for b in range(kw):
            Y = Y + X[a : a + oh, b : b + ow] * K[a, b]
    return Y


with figures.when_solved():
    X, K = torch.arange(12.0).reshape(3, 4), torch.arange(4.0).reshape(2, 2)
    print(im2col(X, (2, 2)), corr2d_im2col(X, K), sep="\n")
    sides, kernel = (4, 8, 16, 32), torch.rand(3, 3)
    work = {
        function.__name__: [figures.operations(function, torch.rand(side + 2, side + 2), kernel) for side in sides]
        for function in (window_by_window, entry_by_entry, corr2d_im2col)
    }
    for name, counts in work.items():
        print(f"{name:17}", *counts)
    plt.figure(figsize=(7, 4), facecolor="white", layout="constrained")
    for (name, counts), look in zip(work.items(), ("o-", "s--", "^-."), strict=True):
        plt.loglog([side**2 for side in sides], counts, look, label=name)
    plt.xlabel("outputs")
    plt.ylabel("operations")
    plt.grid(alpha=0.4)
    plt.legend()

# %% [markdown]
# *The figure: the number of operations against the number of outputs, both on logarithmic scales. The loop over the
# outputs is a rising straight line; the loop over the kernel's entries and im2col are level, im2col lowest.*
#
# 113, 449, 1793, 7169: seven operations for each output. 55 for the loop over nine kernel entries, whatever the image.
# And 8 for im2col in our solution; yours may differ a little, but it should be the same all along the line.
#
# What is the price? Each pixel is written down once for each window it is in. For a 128×128 photograph and a 5×5
# kernel that is $25\cdot 124\cdot 124 = 384{,}400$ numbers in place of 16,384: some 23 times the memory. The
# fastest libraries never write the whole matrix down, but make it piece by piece, in fast memory.
#
# With channels, nothing changes but the sizes: a window has $c_i k_h k_w$ numbers, there is a row of weights for each
# output channel, and the *whole layer* is one matrix product.

# %%
X, K = torch.rand(3, 8, 8), torch.rand(4, 3, 5, 5)
columns = F.unfold(X[None], kernel_size=5)[0]
layer = (K.reshape(4, 3 * 5 * 5) @ columns).reshape(4, 4, 4)
print("weights", tuple(K.reshape(4, 75).shape), " windows", tuple(columns.shape), " output", tuple(layer.shape))
print("as F.conv2d:", torch.allclose(layer, F.conv2d(X[None], K)[0], atol=1e-4))

# %% [markdown]
# `(4, 75)` times `(75, 16)` gives `(4, 16)`: four maps of 4×4. And the 1×1 layer of Question 3 is the case in which the
# columns are simply the pixels.

# %% [markdown]
# ## 7 · Two kernels in one
#
# A 3×3 layer on top of a 3×3 layer sees 5×5 pixels. Is it a 5×5 layer, then?
#
# By hand, in one dimension: the kernel `[[1, -1]]`, twice. First $y_j = x_j - x_{j+1}$; then
#
# $$ z_j = y_j - y_{j+1} = (x_j - x_{j+1}) - (x_{j+1} - x_{j+2}) = x_j - 2x_{j+1} + x_{j+2} . $$
#
# That is the kernel `[[1, -2, 1]]`, applied once. In general: $z$ looks at $y$ at distance $m$, with weight
# $K_2[m]$, and $y$ looks at $x$ at a further distance $l$, with weight $K_1[l]$. A pixel at distance $l + m$ can be
# reached in several ways, which add up:
#
# $$ K[n] = \sum_{l + m = n} K_1[l]\, K_2[m] . $$
#
# Now two kernels of nine ones, and how often each pixel is counted. Work out the first row: 1, 2, … ?

# %% given: figure_growing_field
figures.growing_field(kernel_size=3, layers=2)

# %% [markdown]
# *The figure: three 5×5 tables, from the top of a stack of two 3×3 layers to its bottom. One output of layer 2, in the
# middle; the 3×3 outputs of layer 1 that it reads, a 1 on each; and the 5×5 pixels that those read, with the number of
# ways that lead to each: 1 2 3 2 1 in the first row, 9 in the middle.*
#
# These numbers *are* the composed kernel. It is 5×5: the field grows by $k - 1$ at each layer, and so does the kernel.
#
# ### Question 7 · `compose_kernels` (3 points)
#
# Write `compose_kernels(K1, K2)`: the one kernel `K` with which
# `corr2d(corr2d(X, K1), K2)` and `corr2d(X, K)` are the same for every image `X`.
#
# | | shape |
# |---|---|
# | `K1`, applied first | `(a, b)`, not necessarily square |
# | `K2`, applied second | `(c, d)`, not necessarily square |
# | result | `(a + c - 1, b + d - 1)` |
#
# What counts: the values, within rounding error; gradients to both; a result of the type (float64 or float32) and on
# the device of `K1`; and that `K1`, `K2`, the random state, the default type and the gradient mode stay as they are.
# Everything is allowed here, ready-made convolutions too.
#
# Hint: in Question 5 you met a cross-correlation whose result is *larger* than what it starts from, by $k - 1$ in each
# direction. Mind which kernel is turned round, and why.


# %% solution: compose_kernels
def compose_kernels(K1, K2):
    """The one kernel that does what K1 (a, b) and after it K2 (c, d) do; returns (a + c - 1, b + d - 1)."""
    ### BEGIN SOLUTION
    c, d = K2.shape
    return corr2d(K1, K2.flip(0, 1), padding=(c - 1, d - 1))
    ### END SOLUTION


# %% check: compose_kernels

# %% [markdown]
# Both hand examples, and the promise on a random image:

# %%
with figures.when_solved():
    difference = torch.tensor([[1.0, -1.0]])
    print(compose_kernels(difference, difference))
    print(compose_kernels(torch.ones(3, 3), torch.ones(3, 3)))
    X, K1, K2 = torch.rand(9, 9), torch.rand(3, 3), torch.rand(2, 4)
    twice, once = corr2d(corr2d(X, K1), K2), corr2d(X, compose_kernels(K1, K2))
    print("shapes", tuple(twice.shape), tuple(once.shape), " the same:", torch.allclose(twice, once, atol=1e-4))

# %% [markdown]
# The 5×5 kernel has 25 entries, and two 3×3 kernels have 18. With $c$ channels everywhere it is $25c^2$ against
# $18c^2$, and three 3×3 layers reach as far as one 7×7 layer with $27c^2$ against $49c^2$. So are small kernels,
# stacked, the same for less? Not quite. There are 5×5 kernels that no two 3×3 kernels compose to, and a stack of
# layers *with nothing in between* can do nothing that a single layer could not do. That is why networks put something
# that is not linear between their layers, such as ReLU: then two layers are more than one, and cheaper as well.
#
# ## What you have seen
#
# * Padding gives the border its due and keeps the size; stride makes maps smaller:
#   $\lfloor (n + 2p - k)/s \rfloor + 1$.
# * A 1×1 kernel is a dense layer at every pixel: one matrix product.
# * Pooling asks *whether*, and cares less about *where*. It learns nothing.
# * The way back through a cross-correlation is again cross-correlation: $dK = X \star dY$, and for $dX$ the kernel is
#   turned round and $dY$ is padded.
# * With its windows as columns, a convolutional layer is one matrix product.
# * Two kernels compose to one; what makes depth worth having stands between them.
#
# Next: put it all together, in a network that reads digits.
