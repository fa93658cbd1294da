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
# # The convolutional layer
#
# In this notebook you build a convolutional layer from nothing: first the sliding window that does the arithmetic,
# then a layer with parameters, then kernels that find edges, and then a layer that *learns* to find edges by itself.
# At the end you give it colour: several channels in, several channels out.
#
# **How to work.** A cell that contains `raise NotImplementedError` is yours. Replace that line by your solution, keep
# the name and the arguments, run the cell, and run the check cell below it. The check draws its own examples, shows
# what is right and what is not, and gives points for each part; where something is wrong it shows you the smallest
# example it found. Run checks as often as you like. Your final mark comes from the same checks, with more examples.
#
# The eight questions carry 40 points. Two short written questions carry none: your instructor reads them, and they
# are where it shows whether the arithmetic has become understanding. Add cells of your own wherever you want to try
# something.

# %% given: setup
import figures
import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import functional as F

# %% [markdown]
# ## 1 · Why not simply connect everything?
#
# Take a photograph of one megapixel: 1000 rows, 1000 columns, 3 colours. A dense layer gives each of its output units
# one weight for *every* input number. Before looking at the next cell, count: how many weights does a single output
# unit need? And a 3×3 window that looks at one channel?

# %%
# A layer on the "meta" device has shapes but no memory: a good way to count without paying.
dense = nn.Linear(1000 * 1000 * 3, 1, device="meta")
window = nn.Conv2d(1, 1, kernel_size=3, device="meta")
for name, layer in {"dense unit": dense, "3×3 convolution": window}.items():
    print(f"{name:16} weights {layer.weight.numel():9,}   with bias {sum(p.numel() for p in layer.parameters()):9,}")

# %% [markdown]
# About 3 million weights against nine (ten with the bias). And that is *one* dense unit: a modest hidden layer of
# 1000 units would need 3 billion weights, some 12 gigabytes in float32, and more photographs than anyone has to learn
# them from.
#
# Two things we know about pictures save us:
#
# * **Locality.** To tell whether there is an edge *here*, look at the pixels near here. So an output may depend on a
#   small window of the input and on nothing else.
# * **Translation equivariance.** An edge is an edge wherever it is. When the picture moves, the answers should move
#   with it and not change. So every window is weighed by the *same* numbers.
#
# A small window, and the same weights everywhere: that is a convolutional layer. The weights are called its
# **kernel**.

# %% [markdown]
# ## 2 · The sliding window
#
# Put the kernel on the top left corner of the image. Multiply each kernel entry by the pixel under it, add up the
# products: that is one output. Move the window one column on and do it again; at the end of the row, start the next.
#
# By hand first. The image holds 0 to 8, the kernel 0 to 3:
#
# $$
# \begin{bmatrix} 0 & 1 & 2 \\ 3 & 4 & 5 \\ 6 & 7 & 8 \end{bmatrix}
# \star
# \begin{bmatrix} 0 & 1 \\ 2 & 3 \end{bmatrix}
# = \begin{bmatrix} 19 & ? \\ ? & ? \end{bmatrix},
# \qquad 19 = 0\cdot 0 + 1\cdot 1 + 3\cdot 2 + 4\cdot 3 .
# $$
#
# Work out the three question marks on paper before you run the next cell.

# %% given: figure_window
figures.shaded_window(X=torch.arange(9.0).reshape(3, 3), K=torch.arange(4.0).reshape(2, 2))

# %% [markdown]
# *The figure: five columns. On the left the kernel. Then the image four times, with a shaded, framed 2×2 window at
# the top left, top right, bottom left and bottom right; under each, the output filled so far and the sum that gave
# its newest entry: 19, 25, 37, 43.*
#
# This operation is called **cross-correlation**, and we write it $Y = X \star K$:
#
# $$ Y_{i,j} = \sum_{a=0}^{k_h-1} \sum_{b=0}^{k_w-1} X_{i+a,\,j+b}\; K_{a,b} . $$
#
# **How large is the output?** A window 2 wide has two places in a row of 3: it may start at column 0 or at column 1.
# In general a window of width $k_w$ has $w - k_w + 1$ places in a row of width $w$, so
#
# $$ (h, w) \;\star\; (k_h, k_w) \;\longrightarrow\; (h - k_h + 1,\; w - k_w + 1) . $$
#
# Only windows that lie wholly inside the image count; that is called *valid* cross-correlation. The image shrinks by
# $k-1$ in each direction, at each layer.

# %% [markdown]
# ### Question 1 · `corr2d` (10 points)
#
# Write `corr2d(X, K)`, the valid cross-correlation of an image and a kernel.
#
# | | shape |
# |---|---|
# | `X` | `(h, w)` |
# | `K` | `(kh, kw)`, not necessarily square, perhaps 1 wide, perhaps as large as `X` |
# | one window of `X` | `(kh, kw)` |
# | result | `(h - kh + 1, w - kw + 1)` |
#
# What counts:
#
# * The values, within rounding error, for large and small numbers and in every floating-point type: float64, float32,
#   float16, bfloat16.
# * The result has the **type and the device of `X`**. `torch.zeros(shape)` is float32 on the CPU whatever comes in;
#   `X.new_zeros(shape)` follows `X`.
# * A kernel that does not fit (taller or wider than the image) **raises `ValueError`**. An empty answer is no answer.
# * Gradients flow back to both `X` and `K`: stay with tensors, no `.item()`, `.tolist()`, `.detach()` or NumPy.
# * `X` may be any view: a transpose, every second column, a part of something larger, an expanded row.
# * `X` and `K` are left as they were, and the result is new memory, not a view of either, even for the 1×1 kernel 1.
# * The answer depends on `X` and `K` alone: nothing is remembered between calls, and the random state, the default
#   type and the gradient mode stay as they are.
# * A NaN or an infinity in one pixel spoils those outputs whose window covers it and no others.
#
# **Not allowed here:** a ready-made convolution: any PyTorch operation with "conv" in its name, however it is reached,
# or SciPy's and the like. Building on it would be assuming the answer. Slicing, `unfold`, `matmul`, `einsum` and the
# FFT are all fine (an FFT spreads a NaN over the whole output; that costs half a point at most).


# %% solution: corr2d
def corr2d(X, K):
    """Valid two-dimensional cross-correlation.

    X: (h, w), K: (kh, kw); returns (h - kh + 1, w - kw + 1), in the type and on the device of X.
    Raises ValueError when K is taller or wider than X.
    """
    ### BEGIN SOLUTION
    (h, w), (kh, kw) = X.shape, K.shape
    if kh > h or kw > w:
        raise ValueError(f"a {kh}×{kw} kernel does not fit on a {h}×{w} image")
    oh, ow = h - kh + 1, w - kw + 1
    Y = X.new_zeros(oh, ow)
    # Windows overlap, so there are far fewer kernel entries than outputs. Each entry meets a shifted copy of the image.
    for a in range(kh):
        for b in range(kw):
            Y = Y + X[a : a + oh, b : b + ow] * K[a, b]
    return Y
    ### END SOLUTION


# %% check: corr2d

# %% [markdown]
# Does it agree with your paper?

# %%
with figures.when_solved():
    print(corr2d(torch.arange(9.0).reshape(3, 3), torch.arange(4.0).reshape(2, 2)))

# %% [markdown]
# 19, 25, 37, 43. PyTorch's own `F.conv2d` computes the same. It works on batches of many-channel images, so its axes
# are always *(batch, channel, height, width)*, and our one grey image becomes `(1, 1, h, w)`.

# %%
with figures.when_solved():
    X, K = torch.rand(5, 7), torch.rand(3, 2)
    theirs = F.conv2d(X.reshape(1, 1, 5, 7), K.reshape(1, 1, 3, 2))
    print("shapes", tuple(corr2d(X, K).shape), tuple(theirs.shape))
    print("largest difference", (corr2d(X, K) - theirs[0, 0]).abs().max().item())

# %% [markdown]
# The difference is zero or a few times $10^{-8}$ to $10^{-7}$: two orders of adding up the same float32 products.
#
# Now translation equivariance, tried and not only promised. Move a small shape two rows down and three columns right.
# Its answers should be the old answers, moved just as far.

# %%
with figures.when_solved():
    shape = torch.zeros(9, 9)
    shape[1:4, 1:3] = 1
    moved = shape.roll(shifts=(2, 3), dims=(0, 1))
    K = torch.arange(4.0).reshape(2, 2)
    print("answers moved along:", torch.equal(corr2d(moved, K)[2:, 3:], corr2d(shape, K)[:-2, :-3]))

# %% [markdown]
# And the shrinking, layer upon layer. How many 5×5 layers can you stack on a 32×32 image?

# %%
size, sizes = 32, [32]
while size >= 5:
    size = size - 5 + 1
    sizes.append(size)
print(" → ".join(map(str, sizes)))

# %% [markdown]
# Each layer takes 4 off, and after seven of them a 5×5 window fits no more. Border pixels also appear in fewer
# windows than those in the middle: the corner pixel is in just one. *Padding* mends both; it belongs to the next
# notebook.

# %% [markdown]
# ## 3 · From an operation to a layer
#
# A layer is an operation with numbers of its own to learn. Here those are the kernel, called `weight`, and one number
# added to every output, the **bias** $b$:
#
# $$ Y = X \star W + b . $$
#
# PyTorch finds what it may train by one rule: an attribute of a module that is an `nn.Parameter` is trained, moved to
# the GPU and saved with the module. A plain tensor is overlooked, silently.
#
# ### Question 2 · `Conv2D` (7 points)
#
# Complete the class.
#
# | | shape | starts as |
# |---|---|---|
# | `kernel_size` | a pair `(kh, kw)` | |
# | `self.weight`, an `nn.Parameter` | `(kh, kw)` | `torch.rand`: uniform between 0 and 1 |
# | `self.bias`, an `nn.Parameter` | `(1,)`: one number, not one for each kernel entry | zeros |
# | `x` → `self.forward(x)` | `(h, w)` → `(h - kh + 1, w - kw + 1)` | |
#
# What counts: these two parameters, with these names and shapes, and no others; their start values, drawn anew for
# every layer; the output for whatever values the parameters hold *now*; gradients to both; a layer that works in
# float64 after `.double()` and on another device after `.to(device)`; and a call that leaves `x`, the random state and
# PyTorch's other global settings as they were.
#
# The bar on ready-made convolutions was for Question 1 only, but your `corr2d` is right there. From here on the
# checks lend your code a right `corr2d` under that name, so a mistake in Question 1 costs marks once and not again.


# %% solution: conv2d_layer
class Conv2D(nn.Module):
    """Cross-correlation with a learnable kernel `weight` (kh, kw), plus a learnable `bias` (1,)."""

    def __init__(self, kernel_size: tuple[int, int]):
        """kernel_size: (kh, kw)."""
        super().__init__()
        ### BEGIN SOLUTION
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))
        ### END SOLUTION

    def forward(self, x):
        """x: (h, w); returns (h - kh + 1, w - kw + 1)."""
        ### BEGIN SOLUTION
        return corr2d(x, self.weight) + self.bias
        ### END SOLUTION


# %% check: conv2d_layer

# %% [markdown]
# What does PyTorch see when it looks at your layer?

# %%
with figures.when_solved():
    layer = Conv2D(kernel_size=(2, 3))
    for name, parameter in layer.named_parameters():
        print(f"{name:7} {tuple(parameter.shape)}  learnable: {parameter.requires_grad}")
    print("output ", tuple(layer(torch.rand(6, 8)).shape))

# %% [markdown]
# Six weights and one bias. Adding a bias of shape `(1,)` to an output of shape `(5, 6)` broadcasts: every output gets
# the same number.

# %% [markdown]
# ## 4 · What a kernel sees: edges
#
# A kernel asks each window a question. The smallest interesting one is `[[1, -1]]`: *is the left pixel brighter than
# the right one?* Here is an image to ask, six rows and eight columns, white (1) with a black (0) band down columns 2
# to 5. One row by hand:
#
# | row | 1 | 1 | 0 | 0 | 0 | 0 | 1 | 1 |
# |---|---|---|---|---|---|---|---|---|
# | left − right | 1−1 | 1−0 | 0−0 | 0−0 | 0−0 | 0−1 | 1−1 | |
# | answer | 0 | **1** | 0 | 0 | 0 | **−1** | 0 | |

# %% given: figure_edges
with figures.when_solved():
    X = torch.ones(6, 8)
    X[:, 2:6] = 0
    K = torch.tensor([[1.0, -1.0]])
    Y = corr2d(X, K)
    print(Y)
    figures.edge_response(X, K, Y)

# %% [markdown]
# *The figure: the image as a 6×8 table, the 1×2 kernel, and the 6×7 response. Every row of the response reads 0 1 0 0
# 0 −1 0.*
#
# +1 where white turns to black, −1 where black turns to white, and 0 wherever nothing changes from left to right. Now
# turn the image on its side and keep the kernel:

# %%
with figures.when_solved():
    X = torch.ones(6, 8)
    X[:, 2:6] = 0
    turned = corr2d(X.t(), torch.tensor([[1.0, -1.0]]))
    print(tuple(turned.shape), "anything found:", bool(turned.any()))

# %% [markdown]
# Zeros, of shape `(8, 5)`. The edges are still there, but they now run sideways, and along a row nothing changes. **A
# kernel sees in one direction only.** For another direction you need another kernel.
#
# **A slanted edge by hand.** Let the image be 1 above the main diagonal and 0 on and below it, so that the edge runs
# parallel to the main diagonal. Its window at the top left, and two candidate kernels:
#
# $$
# \begin{bmatrix} 0 & 1 \\ 0 & 0 \end{bmatrix} \text{ with }
# \begin{bmatrix} 1 & 0 \\ 0 & -1 \end{bmatrix} :\; 0\cdot 1 + 0\cdot(-1) = 0,
# \qquad
# \text{with } \begin{bmatrix} 0 & 1 \\ -1 & 0 \end{bmatrix} :\; 1\cdot 1 + 0\cdot(-1) = 1 .
# $$
#
# The first kernel compares two pixels *along* the edge, which are equal, and sees nothing. The second compares two
# pixels *across* it. The direction a kernel compares in is the one at right angles to the edges it finds.
#
# **Sobel's kernels** do two jobs at once: they take a difference in one direction, two pixels apart, and they average
# with weights 1, 2, 1 in the other, so that noise in a single pixel counts for less.
#
# ### Question 3 · edge kernels (4 points)
#
# Write four functions without arguments. Each returns floating-point tensors; any kernel that fits the description is
# right.
#
# * `vertical_edge_kernel()`, shape `(kh, kw)`: answers +1 where a row goes from white (1) to black (0), read left to
#   right; −1 where it goes from black to white; 0 where each row is constant.
# * `horizontal_edge_kernel()`, shape `(kh, kw)`: the same for columns, read top to bottom.
# * `diagonal_edge_kernel()`, shape `(kh, kw)`: its entries sum to zero; it answers 0 on every image that is constant
#   along the *anti*-diagonals ($X_{i,j} = g(i+j)$: the values run from bottom left to top right unchanged), and
#   something other than 0 along an edge parallel to the *main* diagonal ($X_{i,j} = f(i-j)$).
# * `sobel_kernels()`: the pair `(Kx, Ky)`, each `(3, 3)`. `Kx` averages *down the columns* with weights 1, 2, 1 and
#   takes the difference *along the rows*, with weights 1, 0, −1. `Ky` is its transpose. You may turn all the signs of
#   either kernel round: conventions differ.
#
# Hint: the outer product of a `(3, 1)` and a `(1, 3)` tensor has shape `(3, 3)`.


# %% solution: edge_kernels
def vertical_edge_kernel():
    """A kernel (kh, kw) that answers +1 at white-to-black and -1 at black-to-white, going right along a row."""
    ### BEGIN SOLUTION
    return torch.tensor([[1.0, -1.0]])
    ### END SOLUTION


def horizontal_edge_kernel():
    """A kernel (kh, kw) that answers +1 at white-to-black and -1 at black-to-white, going down a column."""
    ### BEGIN SOLUTION
    return torch.tensor([[1.0], [-1.0]])
    ### END SOLUTION


def diagonal_edge_kernel():
    """A kernel (kh, kw), entries summing to 0, blind to g(i + j) and awake to edges parallel to the main diagonal."""
    ### BEGIN SOLUTION
    return torch.tensor([[0.0, 1.0], [-1.0, 0.0]])
    ### END SOLUTION


def sobel_kernels():
    """The pair (Kx, Ky), each (3, 3): Kx smooths down columns and differentiates along rows; Ky is its transpose."""
    ### BEGIN SOLUTION
    Kx = torch.tensor([[1.0], [2.0], [1.0]]) * torch.tensor([[1.0, 0.0, -1.0]])
    return Kx, Kx.t().contiguous()
    ### END SOLUTION


# %% check: edge_kernels

# %% [markdown]
# Your kernels on a real picture. Before you run the cell, guess: which kernel will find the stripes on the forehead,
# which the whiskers?

# %% given: figure_photo_edges
with figures.when_solved():
    grey = figures.photograph().mean(dim=0)
    Kx, Ky = sobel_kernels()
    figures.photo_responses(
        grey,
        {
            "Sobel x: edges that stand": corr2d(grey, Kx),
            "Sobel y: edges that lie": corr2d(grey, Ky),
            "diagonal kernel": corr2d(grey, diagonal_edge_kernel()),
        },
    )

# %% [markdown]
# *The figure: a grey photograph of a cat's face and three responses to it; mid-grey is 0, lighter is positive, darker
# is negative. Sobel x draws the upright stripes of the forehead and both sides of the nose and hardly sees the
# whiskers. Sobel y draws the eyelids and the whiskers and loses the stripes. The diagonal kernel prefers lines that
# fall from left to right, such as the near side of the nose.*

# %% [markdown]
# ## 5 · Learning a kernel
#
# Nobody wants to design the kernels of a network by hand, and nobody has to. Show a layer what goes in and what
# should come out, and let gradient descent find the kernel.
#
# Our task has a known answer. Input: the banded image, now with batch and channel axes, `(1, 1, 6, 8)`. Target: its
# edges, `(1, 1, 6, 7)`, made with `[[1, -1]]`. The layer starts with another 1×2 kernel and no bias. The loss is the
# squared error, **summed** over all 42 outputs:
#
# $$ L = \sum_{i,j} \bigl(\hat Y_{i,j} - Y_{i,j}\bigr)^2, \qquad
#    p \;\leftarrow\; p - \eta\, \frac{\partial L}{\partial p} \text{ for every parameter } p . $$
#
# One update by hand, with the start kernel $(0, 0)$: the layer answers 0 everywhere, each row misses one +1 and one
# −1, so the loss is $6\cdot 2 = 12$. An output $\hat Y = w_0 x_0 + w_1 x_1$ contributes $2(\hat Y - Y)\,x_0$ to the
# gradient of $w_0$. In each row, the +1 has the window $(1, 0)$ and contributes $2(0-1)\cdot 1 = -2$; the −1 has the
# window $(0, 1)$ and contributes 0. Six rows: $-12$. In the same way $w_1$ gets $+12$. With learning rate
# $\eta = 0.03$ the kernel becomes $(0.36, -0.36)$: the right signs after one step.
#
# ### Question 4 · `train_kernel` (7 points)
#
# Write `train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10)`: full-batch gradient descent for `num_steps` steps.
#
# | | |
# |---|---|
# | `conv2d` | any layer, for example `nn.Conv2d(1, 1, (1, 2), bias=False)`, of any floating-point type |
# | `X`, `Y` | input `(n, 1, h, w)` and target, of the shape that `conv2d(X)` has |
# | returns | a list of `num_steps` plain `float`s: the loss **before** each update |
#
# What counts:
#
# * The squared error is *summed*, not averaged.
# * Every parameter of the layer is updated, **in place**: the very same `Parameter` objects hold the new values, and
#   the caller's layer is the one that has learned. A copy does not count.
# * A gradient left in `.grad` from before must not leak in, neither from your last step nor from what someone did
#   before calling you.
# * `lr` and `num_steps` are obeyed, whatever they are, and are 0.03 and 10 when the caller does not say.
# * The whole way counts, in float64: each loss of the list and the final parameters.
# * `X` and `Y` are left as they were, and so are PyTorch's global settings: set no seed, no default type, no gradient
#   mode.
#
# Hint: PyTorch *adds* to `.grad`. And an update is not part of what you differentiate: `torch.no_grad()`.


# %% solution: train_kernel
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    """Fit the parameters of conv2d, in place, to conv2d(X) = Y by gradient descent on the summed squared error.

    X: (n, 1, h, w), Y: the shape of conv2d(X); returns the num_steps losses, each before its update, as floats.
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(num_steps):
        conv2d.zero_grad()
        loss = ((conv2d(X) - Y) ** 2).sum()
        loss.backward()
        with torch.no_grad():
            for parameter in conv2d.parameters():
                parameter -= lr * parameter.grad
        losses.append(loss.item())
    return losses
    ### END SOLUTION


# %% check: train_kernel

# %% [markdown]
# Four runs. We set the start kernels instead of drawing them, so your numbers should be these, to the last digit:
#
# | start | loss at step 2 | 4 | 6 | 8 | 10 | learned |
# |---|---|---|---|---|---|---|
# | (−.4690, .5537) | 11.296 | 1.912 | 0.328 | 0.058 | 0.011 | (.9871, −.9780) |
# | (−.6106, .0177) | 11.863 | 2.806 | 0.805 | 0.272 | 0.102 | (.9530, −1.0167) |
# | (−.4453, .1271) | 9.103 | 1.762 | 0.392 | 0.105 | 0.034 | (.9681, −1.0023) |
# | (−.1897, −.2902) | 6.645 | 1.649 | 0.496 | 0.173 | 0.066 | you will see |

# %% given: figure_learning
with figures.when_solved():
    X = torch.ones(1, 1, 6, 8)
    X[..., 2:6] = 0
    Y = F.conv2d(X, torch.tensor([[[[1.0, -1.0]]]]))
    histories, before, after = {}, {}, {}
    for start in [(-0.4690, 0.5537), (-0.6106, 0.0177), (-0.4453, 0.1271), (-0.1897, -0.2902)]:
        layer = nn.Conv2d(1, 1, kernel_size=(1, 2), bias=False)
        with torch.no_grad():
            layer.weight[0, 0, 0] = torch.tensor(start)
        name = f"({start[0]:.4f}, {start[1]:.4f})"
        before[name] = layer.weight.detach()[0, 0].clone()
        histories[name] = train_kernel(layer, X, Y, lr=3e-2, num_steps=10)
        after[name] = layer.weight.detach()[0, 0].clone()
        losses = "  ".join(f"{step}: {histories[name][step - 1]:6.3f}" for step in range(2, 11, 2))
        print(f"start {name:18}  loss at step {losses}  learned ({after[name][0, 0]:.4f}, {after[name][0, 1]:.4f})")
    figures.loss_curves(histories)
    figures.before_and_after(before, after)

# %% [markdown]
# *The first figure: four loss curves against the step, nearly straight lines on a logarithmic scale. They start
# between 14 and 28 and end between 0.01 and 0.1. The second: the four kernels before, of assorted signs, and after,
# all close to (+1, −1).*
#
# In ten steps, from any start, the layer has found the edge detector that we designed by hand. It was never told
# about edges.
#
# **Why a learning rate of 0.03?** The loss is a parabola in two unknowns, so its curvature is the same everywhere.
# Write each window as a row of a matrix $A$; then the curvature is $H = 2A^\top A$, and a step changes the error of
# the kernel from $e$ to $(I - \eta H)\,e$. Along a direction with curvature $\lambda$ the error is multiplied by
# $1 - \eta\lambda$.

# %%
X = torch.ones(1, 1, 6, 8)
X[..., 2:6] = 0
A = F.unfold(X, kernel_size=(1, 2))[0].t()  # one window in each row
curvature = torch.linalg.eigvalsh(2 * A.t() @ A)
print("windows", tuple(A.shape), "  curvatures", [round(value, 3) for value in curvature.tolist()])
print("the error is multiplied at each step by", [round(1 - 0.03 * value, 3) for value in curvature.tolist()])

# %% [markdown]
# 42 windows of 2 pixels; curvatures 12 and 60. The steps shrink the error only while $|1 - \eta\lambda| < 1$ for
# both, that is while $\eta < 2/60 = 1/30$. Our 0.03 is 90 % of that limit, and the fastest rate is
# $\eta = 2/(12 + 60) = 1/36$. Had we averaged the loss over the 42 outputs, all curvatures, and so all gradients,
# would be 42 times smaller and 0.03 would be very slow. Try `lr=0.034` in a cell of your own.

# %% [markdown]
# ### Written question A (no points; your instructor reads it)
#
# Suppose the layer above had a *taller* kernel, say 2×2 or 3×2, and learned from the same banded image and a target
# made with a kernel of that size. The loss goes to zero. Yet two different starts end in two different kernels, and
# neither is the one that made the target. Why can this image not tell the kernels apart? What do all the kernels that
# fit have in common? What kind of image would settle it? (Think of two windows, one a row below the other; or of the
# rank of $A$.)

# %% answer: tall_kernel [markdown]
# Your answer here.

# %% [markdown]
# ## 6 · Is that a convolution?
#
# Strictly, no. In mathematics the **convolution** of $X$ and $K$ turns the kernel round first, up for down and left
# for right:
#
# $$ (X * K)_{i,j} = \sum_{a,b} X_{i+a,\,j+b}\; K_{k_h-1-a,\; k_w-1-b} . $$
#
# By hand, with the numbers from the start: `[[0, 1], [2, 3]]` turned round is `[[3, 2], [1, 0]]`, and the first
# output is $0\cdot 3 + 1\cdot 2 + 3\cdot 1 + 4\cdot 0 = 5$ instead of 19.
#
# To see which of the two an operation is, give it a single bright pixel on black and look at what comes out.

# %%
with figures.when_solved():
    dot = torch.zeros(3, 3)
    dot[1, 1] = 1
    print(corr2d(dot, torch.tensor([[0.0, 1.0], [2.0, 3.0]])))

# %% [markdown]
# The kernel comes out turned round: the window that has the dot in its *last* corner is the *first* one. So this is
# cross-correlation; a convolution, with its kernel turned round already, stamps the kernel as it is. What every
# deep-learning library calls convolution is cross-correlation, and from here on so do we.
#
# ### Question 5 · `convolve2d` (2 points)
#
# Write the true convolution, valid: `X` `(h, w)`, `K` `(kh, kw)`, not necessarily square, result
# `(h - kh + 1, w - kw + 1)`. Everything is allowed.
#
# What counts: the values, gradients to both arguments, a result of the type and on the device of `X`, and, as in
# Question 1, that `X`, `K`, the random state, the default type and the gradient mode stay as they are.
#
# Hint: the flipped kernel has the shape of `K`.


# %% solution: convolve2d
def convolve2d(X, K):
    """True two-dimensional convolution, valid. X: (h, w), K: (kh, kw); returns (h - kh + 1, w - kw + 1)."""
    ### BEGIN SOLUTION
    return corr2d(X, K.flip(0, 1))
    ### END SOLUTION


# %% check: convolve2d

# %% [markdown]
# ### Written question B (no points; your instructor reads it)
#
# A library replaces cross-correlation by true convolution in all its layers, and tells no one. What happens to a
# network that is *trained* with the new version from the start: to its kernels, to its outputs, to its accuracy? And
# what happens to a network whose kernels were trained before and are loaded from a file?

# %% answer: learned_kernel_flip [markdown]
# Your answer here.

# %% [markdown]
# ## 7 · Channels
#
# A colour image has three numbers in each pixel; a layer deep in a network may have hundreds. They are the
# **channels**.

# %%
photo = figures.photograph()
print("channels, rows, columns:", tuple(photo.shape))
figure = plt.figure(figsize=(3, 3), facecolor="white")
plt.imshow(photo.permute(1, 2, 0).numpy())  # Matplotlib wants the colours last
plt.title("a photograph: 3 channels")
plt.axis("off")
figure.tight_layout()

# %% [markdown]
# *The figure: the cat again, now in colour: ginger fur, green eyes.*
#
# **Many in.** Give each input channel a kernel of its own, cross-correlate channel by channel, and add up. By hand,
# two channels: 0 to 8 with `[[0, 1], [2, 3]]`, which gives 19 in its first window as before, and 1 to 9 with
# `[[1, 2], [3, 4]]`, which gives
#
# $$ 1\cdot 1 + 2\cdot 2 + 4\cdot 3 + 5\cdot 4 = 37, \qquad 19 + 37 = 56 . $$
#
# Two channels go in and *one* map comes out.
#
# **Many out.** One map answers one question, and we want many answered. So take one such stack of kernels for each
# output channel. All the kernels together have the shape *(output channels, input channels, height, width)*. Does it
# look like anything you know? Put the two side by side:
#
# | dense layer | convolutional layer |
# |---|---|
# | $y_o = \sum_c w_{o,c}\, x_c + b_o$ | $Y_o = \sum_c X_c \star K_{o,c} + b_o$ |
# | numbers $x_c$, products | maps $X_c$, cross-correlations |
#
# A convolutional layer *is* a dense layer between channels, whose inputs are pictures and whose products are
# convolutions. Each output looks at every input channel, but only nearby.
#
# ### Question 6 · many channels (5 points)
#
# | | `X` | `K` | result |
# |---|---|---|---|
# | `corr2d_multi_in(X, K)` | `(ci, h, w)` | `(ci, kh, kw)` | `(h - kh + 1, w - kw + 1)` |
# | `corr2d_multi_in_out(X, K)` | `(ci, h, w)` | `(co, ci, kh, kw)` | `(co, h - kh + 1, w - kw + 1)` |
#
# No bias, and everything is allowed. What counts, for each of the two functions: the values, gradients to both
# arguments, a result of the type and on the device of `X`, and that `X`, `K`, the random state, the default type and
# the gradient mode stay as they are.
#
# Mind `ci = 1` and `co = 1`: the output axis of the second function stays, even when there is just one map.
#
# Hint: `zip(X, K)` walks along the first axis of both. `torch.stack` puts `co` maps `(oh, ow)` together as
# `(co, oh, ow)`.


# %% solution: multi_channel
def corr2d_multi_in(X, K):
    """Cross-correlate channel by channel and add up. X: (ci, h, w), K: (ci, kh, kw); returns (oh, ow)."""
    ### BEGIN SOLUTION
    return torch.stack([corr2d(x, k) for x, k in zip(X, K, strict=True)]).sum(dim=0)
    ### END SOLUTION


def corr2d_multi_in_out(X, K):
    """One map for each output channel. X: (ci, h, w), K: (co, ci, kh, kw); returns (co, oh, ow)."""
    ### BEGIN SOLUTION
    return torch.stack([corr2d_multi_in(X, k) for k in K])
    ### END SOLUTION


# %% check: multi_channel

# %% [markdown]
# The hand example in full, then with three output channels whose kernels are `K`, `K + 1` and `K + 2`.

# %%
with figures.when_solved():
    X = torch.stack([torch.arange(9.0), torch.arange(1.0, 10.0)]).reshape(2, 3, 3)
    K = torch.tensor([[[0.0, 1.0], [2.0, 3.0]], [[1.0, 2.0], [3.0, 4.0]]])
    print(corr2d_multi_in(X, K))
    print(corr2d_multi_in_out(X, torch.stack([K, K + 1, K + 2])))

# %% [markdown]
# 56, 72, 104, 120 for the first map; from map to map the first entry grows by 20. That is no accident: adding 1 to
# every kernel entry adds the sum of the window, over both channels: $(0+1+3+4) + (1+2+4+5) = 20$.

# %% [markdown]
# ### Question 7 · `conv_components` (2 points)
#
# Before the pieces are added up, they are worth a look. Write `conv_components(X, K, u)`, which returns the pair
# `(components, maps)`:
#
# | | shape | |
# |---|---|---|
# | `X` | `(1, ci, h, w)` | one image, with its batch axis |
# | `K` | `(co, ci, kh, kw)` | the kernels, as PyTorch stores them |
# | `u` | `(co,)` | the bias, one number for each output channel |
# | `components` | `(ci, co, oh, ow)` | `components[c, k]` is `X[0, c]` ⋆ `K[k, c]`: **input** channel first |
# | `maps` | `(co, oh, ow)` | the sum of the components over the input channels, plus the bias |
#
# What counts: the values of both, gradients to `X`, `K` and `u`, results of the type and on the device of `X`, and that
# `X`, `K`, `u`, the random state, the default type and the gradient mode stay as they are.
#
# Hint: to broadcast over `(co, oh, ow)`, the bias needs the shape `(co, 1, 1)`.


# %% solution: conv_components
def conv_components(X, K, u):
    """Every single cross-correlation inside a convolutional layer, and the maps they add up to.

    X: (1, ci, h, w), K: (co, ci, kh, kw), u: (co,); returns components (ci, co, oh, ow) and maps (co, oh, ow).
    """
    ### BEGIN SOLUTION
    components = torch.stack([torch.stack([corr2d(x, k[c]) for k in K]) for c, x in enumerate(X[0])])
    return components, components.sum(dim=0) + u.reshape(-1, 1, 1)
    ### END SOLUTION


# %% check: conv_components

# %% [markdown]
# Now on a photograph, with the kernels that `nn.Conv2d` starts with: 3 channels in, 4 out, kernel 5. If your `corr2d`
# visits every output pixel in a Python loop this cell takes a few seconds: there are
# $3 \cdot 4 \cdot 124^2 \approx 185\,000$ of them, and only 25 entries in a kernel. Is there a loop over those
# instead?

# %% given: figure_feature_maps
with figures.when_solved():
    torch.manual_seed(0)
    X = figures.photograph().unsqueeze(0)
    layer = nn.Conv2d(3, 4, kernel_size=5)
    with torch.no_grad():
        components, maps = conv_components(X, layer.weight, layer.bias)
        difference = (maps - layer(X)[0]).abs().mean().item()
    print("input", tuple(X.shape), " kernels", tuple(layer.weight.shape), " output", (1, *maps.shape))
    print(f"mean absolute difference from nn.Conv2d: {difference:.0e}")
    figures.feature_map_grid(X, components, maps)

# %% [markdown]
# *The figure: a grid of four rows and five columns. Top left, the photograph in colour; below it, its red, green and
# blue channel. Inside, for each input channel (row) and each output channel (column), that channel cross-correlated
# with its kernel. Along the top, the four output maps: the sum of the three pieces below, plus the bias. K(c, k) is
# the kernel `K[k, c]`. Each panel runs from its own darkest to its own brightest value.*
#
# `(1, 3, 128, 128)` and `(4, 3, 5, 5)` give `(1, 4, 124, 124)`: 128 − 5 + 1 = 124. The difference of about
# $3\cdot 10^{-8}$ is float32 rounding. You have rebuilt `nn.Conv2d`. Even random kernels give maps that look like the
# cat, some blurred, some embossed: nearby pixels stay together, as locality promised.
#
# **A convenience.** Counting input channels by hand is tiresome. A *lazy* layer waits for its first input and reads
# the number off it.

# %%
lazy = nn.LazyConv2d(out_channels=4, kernel_size=5)
print("before the first forward:", lazy.weight)
lazy(torch.rand(1, 3, 128, 128))
print("after it:", type(lazy).__name__, "weight", tuple(lazy.weight.shape))

# %% [markdown]
# Until then its weight is *uninitialised*: it has no shape and no values, so you cannot count, copy or set it. After
# the first forward it is an ordinary `Conv2d`.

# %% [markdown]
# ## 8 · How many numbers, and how far do they see?
#
# **Counting.** A layer has one weight for each output channel, input channel and kernel entry, and one bias for each
# output channel. The layer of the cat: $4\cdot 3\cdot 5\cdot 5 + 4 = 304$, whatever the size of the photograph.
#
# **Reach.** One output of a 3×3 layer depends on 3×3 pixels. Put a second 3×3 layer on top: its window covers 3×3
# outputs of the first, whose windows reach one pixel further on each side. So it depends on 5×5 pixels. What an
# output depends on is its **receptive field**, and *depth is reach*: small windows, stacked, see far.
#
# Reach grows faster when windows take larger steps. The step is the **stride**: with stride 2, neighbouring outputs
# look at windows *two* pixels apart, and so one step in the next layer is worth two pixels. A layer (3, 2) below a
# layer (3, 1) has the field 3 + 2·2 = 7.

# %% given: figure_reach
figures.reach(
    {
        "two layers, kernel 3, stride 1": [(3, 1), (3, 1)],
        "kernel 3, stride 2, then kernel 3, stride 1": [(3, 2), (3, 1)],
    }
)

# %% [markdown]
# *The figure: one row of pixels seen from the side, twice. A unit at the top is joined to 3 units of the layer below.
# With stride 1 their windows overlap and cover 5 pixels of the input; with stride 2 they start two pixels apart and
# cover 7.*
#
# Around 1960 David Hubel and Torsten Wiesel found that the visual cortex of cats is arranged much like this: cells
# that respond to an edge of one direction at one place in the field of view, and further cells, fed by those, that
# respond to the same edge anywhere in a larger region. Small fields first, larger ones built from them. It is
# pleasing that our test picture is a cat.
#
# ### Question 8 · counting and reach (3 points)
#
# * `num_conv_params(in_channels, out_channels, kernel_size, bias=True)`: the number of learnable numbers in the
#   layer, an `int`. `kernel_size` is an `int` for a square kernel or a pair `(kh, kw)`; with `bias=False` there is
#   none.
# * `receptive_field(layers)`: how many input pixels, in one direction, one output of the last layer depends on, an
#   `int`. `layers` is a list of `(kernel, stride)` pairs, first layer first. An empty list has the field 1: a pixel
#   sees itself.
#
# By hand first: `[(3, 1), (3, 1)]` → 5, `[(3, 2), (3, 1)]` → 7. What is `[(3, 1), (3, 2)]`? (5: the last stride moves
# windows that nothing above looks at.)
#
# Hint: keep two numbers while you walk up the layers: the field so far, and how many pixels apart two neighbours are.


# %% solution: count_and_field
def num_conv_params(in_channels, out_channels, kernel_size, bias=True):
    """The number of learnable numbers of a convolutional layer; kernel_size is an int or a pair (kh, kw)."""
    ### BEGIN SOLUTION
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    return out_channels * in_channels * kh * kw + (out_channels if bias else 0)
    ### END SOLUTION


def receptive_field(layers):
    """How many input pixels, in one direction, an output of a stack of (kernel, stride) layers depends on."""
    ### BEGIN SOLUTION
    field, spacing = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * spacing
        spacing *= stride
    return field
    ### END SOLUTION


# %% check: count_and_field

# %% [markdown]
# How deep must a stack of 3×3 layers be to see a whole 128×128 photograph? And with stride 2 throughout?

# %%
with figures.when_solved():
    for stride in (1, 2):
        fields = [receptive_field([(3, stride)] * depth) for depth in range(1, 65)]
        needed = 1 + sum(field < 128 for field in fields)
        print(f"stride {stride}: fields {fields[:7]} …; layers needed: {needed}")

# %% [markdown]
# With stride 1 the field grows by 2 a layer; with stride 2 it doubles and gains one: seven layers instead of 64. That
# is why networks take strides.
#
# ## What you have built
#
# * A convolutional layer weighs every small window by the same kernel: *locality* and *translation equivariance*,
#   nine weights in place of millions.
# * `(h, w)` becomes `(h − kh + 1, w − kw + 1)`.
# * A kernel compares in one direction; gradient descent finds the right one when shown examples.
# * What is called convolution is cross-correlation, and a learned kernel does not mind.
# * Each output channel adds up one cross-correlation for each input channel, plus a bias.
# * Depth is reach.
#
# Next: padding, stride, pooling, and the way back, the gradient of a convolution without autograd.
