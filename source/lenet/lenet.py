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
# # LeNet: a network that reads digits
#
# You have built a convolutional layer and taken it apart. Now you put layers together. In this notebook you build
# LeNet, one of the first convolutional networks that earned its living, write the loop that trains it, measure how
# well it reads, look inside while it does, and finally train one that gets more than nine digits in ten right.
#
# **How to work.** As before: replace `raise NotImplementedError` by your solution, keep the name and the arguments,
# run the cell, and run the check cell below it. Where something is wrong, the check shows you an example. Run checks
# as often as you like. Your final mark comes from the same checks, with more examples.
#
# The five questions carry 20 points. Nothing here needs a GPU or the internet: all the training in this notebook
# together takes some ten seconds on a laptop, and every check cell takes seconds as well.

# %% given: setup
import figures
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)  # our networks are so small that several processor cores would mostly wait for each other

# %% [markdown]
# ## 1 · Reading cheques
#
# In the 1990s people in the United States wrote tens of billions of cheques a year, and somebody had to read the
# amount on each. Try to write down rules for that: a 7 is a stroke along the top and a slanted one down, unless it
# has a bar through the middle, unless the top stroke is wavy, unless … Yann LeCun, Léon Bottou, Yoshua Bengio and
# Patrick Haffner wrote no rules. Their network got pictures and labels, and found its kernels by gradient descent, as
# yours found `[[1, -1]]`. The paper that sums it up, *Gradient-based learning applied to document recognition*,
# appeared in 1998. The network in it is called LeNet-5 and has some 60,000 parameters, and the system around it, says
# the abstract, "reads several million checks per day".
#
# Its plan has hardly aged. *Convolution, then pooling, and once more*: the maps become smaller and more numerous, and
# say less about *where* and more about *what*. Then a few dense layers look at everything at once and decide. (We
# leave out details of the original, such as connections that were missing on purpose, and come to two others in
# section 5.)

# %% given: figure_walk
figures.walk(
    maps=[
        (1, 28, "image"),
        (6, 28, "conv1, ReLU"),
        (6, 14, "pooling"),
        (16, 10, "conv2, ReLU"),
        (16, 5, "pooling"),
    ],
    units=[(120, "fc1, ReLU"), (84, "fc2, ReLU"), (10, "fc3")],
)

# %% [markdown]
# *The figure: a digit's way through LeNet, from left to right. One map of 28×28, then stacks of 6 maps of 28×28, 6 of
# 14×14, 16 of 10×10 and 16 of 5×5, then three bars, of 120, 84 and 10 units.*
#
# **The walk by hand.** The kernels are 5×5; the first layer has padding 2 and the second has none; each pooling takes
# the largest of 2×2 pixels, with stride 2. You know the formula: $\lfloor (n + 2p - k)/s \rfloor + 1$. Cover the last
# column and fill it in yourself.
#
# | | what happens | side | shape of one image |
# |---|---|---|---|
# | | the image | 28 | `(1, 28, 28)` |
# | `conv1` | 6 kernels of 5×5, padding 2 | 28 + 4 − 5 + 1 | `(6, 28, 28)` |
# | | max-pooling, 2×2 | ⌊(28 − 2)/2⌋ + 1 | `(6, 14, 14)` |
# | `conv2` | 16 kernels of 5×5 | 14 − 5 + 1 | `(16, 10, 10)` |
# | | max-pooling, 2×2 | ⌊(10 − 2)/2⌋ + 1 | `(16, 5, 5)` |
# | | flatten | 16 · 5 · 5 | `(400,)` |
# | `fc1` | dense | | `(120,)` |
# | `fc2` | dense | | `(84,)` |
# | `fc3` | dense: a score for each digit | | `(10,)` |
#
# **The parameters by hand.** A convolution has a weight for each output channel, input channel and kernel entry, and
# a bias for each output channel: `conv1` has $6\cdot 1\cdot 5\cdot 5 + 6 = 156$. A dense layer has a weight for each
# pair of an output and an input, and a bias for each output: `fc3` has $10\cdot 84 + 10 = 850$. Work out `conv2`,
# `fc1` and `fc2` on paper. All five together must give 61,706. Which of them has the most?
#
# ### Question 1 · `LeNet` (6 points)
#
# Complete the class. It is made as `LeNet()`, `LeNet(side)` or `LeNet(side, channels)`.
#
# | | |
# |---|---|
# | `side` | height and width of the images: an even number from 12 up; 28 when the caller does not say |
# | `channels` | a pair: how many kernels `conv1` and `conv2` have; `(6, 16)` when the caller does not say |
# | `x` → `self.forward(x)` | `(n, 1, side, side)` → `(n, 10)`, for any number `n` of images |
#
# The layers, in this order, those with parameters under exactly these names:
#
# | attribute | | followed by |
# |---|---|---|
# | `conv1` | convolution, 1 → `channels[0]`, 5×5, padding 2 | ReLU, max-pooling |
# | `conv2` | convolution, `channels[0]` → `channels[1]`, 5×5, no padding | ReLU, max-pooling, flattening |
# | `fc1` | dense, to 120 | ReLU |
# | `fc2` | dense, 120 → 84 | ReLU |
# | `fc3` | dense, 84 → 10 | nothing |
#
# All five have a bias. ReLU is $\max(0, x)$ for every number. Pooling is over 2×2 pixels with stride 2. Flattening is
# in PyTorch's order: first all of channel 0, row by row, then channel 1, and so on. Where a map has an odd side,
# pooling drops its last row and column, as PyTorch does: for `side=14` the sides are 14 → 7 → 3 → 1.
#
# What counts:
#
# * The parameters: these five weights and five biases, of the right shapes for several sides and channels as soon as
#   the network is made (so no `nn.LazyLinear`), and no others; weights that start at random, drawn anew for every
#   network, as PyTorch's layers do by themselves.
# * The shape of the output, for one image and for several.
# * The values, for whatever the parameters hold *now*. The output are the scores as `fc3` gives them, also called
#   **logits**: no softmax, no ReLU after it.
# * Gradients that flow back to `x` and to every parameter.
# * A network that works in float64 after `.double()` and on another device after `.to(device)`.
# * A call leaves `x`, the random state, PyTorch's other global settings and the network's mode (training or
#   evaluation, explained with Question 2) as they were, and the same `x` gives the same answer again.
#
# Everything ready-made is allowed: `nn.Conv2d`, `nn.Linear`, `F.relu`, `F.max_pool2d`.
#
# Hint: the input of `fc1` has `channels[1] * s * s` numbers. Halve `side`, take 4 away, halve: that is `s`. Halve with
# `//`, which gives a whole number where `/` gives a float.


# %% solution: lenet
class LeNet(nn.Module):
    """LeNet with ReLU and max-pooling: two convolutions `conv1`, `conv2`, three dense layers `fc1`, `fc2`, `fc3`."""

    def __init__(self, side=28, channels=(6, 16)):
        """side: height and width of the images; channels: how many kernels the two convolutions have."""
        super().__init__()
        ### BEGIN SOLUTION
        self.conv1 = nn.Conv2d(1, channels[0], kernel_size=5, padding=2)
        self.conv2 = nn.Conv2d(channels[0], channels[1], kernel_size=5)
        s = (side // 2 - 4) // 2
        self.fc1 = nn.Linear(channels[1] * s * s, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)
        ### END SOLUTION

    def forward(self, x):
        """x: (n, 1, side, side); returns a score for each of the ten digits, (n, 10)."""
        ### BEGIN SOLUTION
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.flatten(start_dim=1)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)
        ### END SOLUTION


# %% check: lenet

# %% [markdown]
# Does it agree with your paper?

# %%
with figures.when_solved():
    network = LeNet()
    for name in ("conv1", "conv2", "fc1", "fc2", "fc3"):
        layer = network.get_submodule(name)
        count = sum(p.numel() for p in layer.parameters())
        print(f"{name:6} weight {tuple(layer.weight.shape)!s:16} parameters {count:6,}")
    print("together", f"{sum(p.numel() for p in network.parameters()):,}")
    print("output of three images", tuple(network(torch.rand(3, 1, 28, 28)).shape))

# %% [markdown]
# 156, 2,416, 48,120, 10,164 and 850. The two convolutions hold 4 % of the parameters, and `fc1` alone 78 %: it has a
# weight for each of 400 inputs and each of 120 outputs, where a kernel is shared by all places. A dense layer in
# place of `conv1`, from 784 pixels to $6\cdot 28\cdot 28 = 4704$ numbers, would have 3,692,640 parameters.

# %% [markdown]
# ## 2 · The digits
#
# Cheques are confidential, and the famous collection of 28×28 digits, MNIST, would have to be fetched. We take
# smaller ones, which come with scikit-learn: 1797 digits, written by 13 people. Each was scanned as 32×32 black and
# white dots; a pixel of the 8×8 image is the number of black dots among 4×4, from 0 to 16.
#
# By hand: what becomes of 8×8 in LeNet? `conv1` keeps 8, pooling makes 4, and then a 5×5 kernel is to look at a map
# of 4×4. It does not fit. So we double each pixel in both directions, which adds no information, but room: 16 → 16 →
# 8 → 4 → 2. With 16 channels `fc1` has $16\cdot 2\cdot 2 = 64$ inputs.
#
# Of the 1797, one in five is **held out**: the network is trained on 1437 and never sees the other 360, so that we can
# ask it questions to which it cannot know the answers by heart. The order is shuffled first, by a fixed seed: everyone
# has the same digits in the same places.

# %% given: digits
data = load_digits()  # part of scikit-learn: nothing is fetched
images = torch.tensor(data.images, dtype=torch.float32).unsqueeze(1) / 16  # (1797, 1, 8, 8), from 0 to 1
images = images.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3)  # each pixel doubled: (1797, 1, 16, 16)
labels = torch.tensor(data.target)
order = torch.randperm(len(images), generator=torch.Generator().manual_seed(0))
X_train, y_train = images[order[:1437]], labels[order[:1437]]
X_test, y_test = images[order[1437:]], labels[order[1437:]]
print("to train on", tuple(X_train.shape), tuple(y_train.shape), "  held out", tuple(X_test.shape), tuple(y_test.shape))
print("of each digit, to train on", y_train.bincount().tolist())
print("of each digit, held out   ", y_test.bincount().tolist())

# %% [markdown]
# All ten digits are about equally frequent. So a network that has learned nothing is right for about one in ten, and
# that is the number to beat.

# %% given: figure_digits
figures.doubled(torch.tensor(data.images[order[0]]), X_train[0, 0])
figures.labelled(X_train[:20], y_train[:20])

# %% [markdown]
# *The first figure: one digit as a table of 8×8 numbers from 0 to 16, and the same as a picture of 16×16 pixels, where
# every number has become four equal pixels. The more ink there was, the brighter: the paper is 0 and drawn black. The
# second figure: the first twenty digits to train on, in two rows, each with its label above it.*
#
# They are coarse, and some are hard for us too. A word of warning: the 360 digits held out are by the same 13 people
# as the others. How well the network would read the hand of somebody else, they cannot tell.

# %% [markdown]
# ## 3 · Training
#
# The network gives ten scores, and we want the right one to be the highest. To descend we need a number that says how
# wrong it is. First the scores become probabilities, by **softmax**: exponentiate each, divide by the sum. Then the
# loss is minus the logarithm of the probability of the *right* class, the **cross-entropy**:
#
# $$ p_k = \frac{e^{s_k}}{\sum_j e^{s_j}}, \qquad \text{loss} = -\ln p_{\text{label}} . $$
#
# By hand, three classes with the scores $(2, 1, 0)$. $e^2 + e^1 + e^0 = 7.389 + 2.718 + 1 = 11.107$, so
# $p = (0.665, 0.245, 0.090)$. If the label is 0, the loss is $-\ln 0.665 = 0.408$. What is it if the label is 2? And
# what if a network of ten classes gives equal scores to all?

# %%
scores = torch.tensor([[2.0, 1.0, 0.0]])
print("probabilities", [round(p, 3) for p in scores.softmax(dim=1)[0].tolist()])
for label in range(3):
    print(f"label {label}: loss {F.cross_entropy(scores, torch.tensor([label])).item():.3f}")
print(f"ten equal scores: loss {F.cross_entropy(torch.zeros(1, 10), torch.tensor([7])).item():.3f}")

# %% [markdown]
# 0.408, 1.408, 2.408: a score that is 1 lower costs 1 more. The loss is near 0 where the network is sure and right,
# and large where it is sure and wrong. Ten equal scores cost $\ln 10 = 2.303$: **a network that knows nothing starts
# near 2.3**, and if yours stays there, it has learned nothing. Note that `F.cross_entropy` takes *scores*; the
# softmax is in it. For several images it gives their mean.
#
# **Batches.** The gradient over all 1437 images would be exact and slow, and over one image fast and noisy. So we
# take a **batch**, 64 say, make one step, and take the next. When every image has had its turn, that was one
# **epoch**. By hand: $1437 = 22\cdot 64 + 29$, so an epoch has 23 steps, the last with a smaller batch of 29 images.
#
# The smaller batch matters for the mean loss too. By hand, three images in batches of two: the first batch has the
# losses 1 and 2, the second has the loss 6. The mean over the images is $(1+2+6)/3 = 3$. The mean of the batches'
# means is $(1.5+6)/2 = 3.75$, as if the last image counted twice.
#
# **The optimizer.** In the first notebook you wrote the update yourself: each parameter minus the learning rate times
# its gradient. An **optimizer** is an object that does it for all parameters of a model.
# `optimizer = torch.optim.SGD(model.parameters(), lr=0.1)` makes one; then `optimizer.zero_grad()` clears the `.grad`
# of every parameter, `loss.backward()` fills them, and `optimizer.step()` makes the update. SGD, **stochastic gradient
# descent**, is your rule, on batches; other optimizers have rules of their own, and the same two methods.
#
# By hand: let the parameters be the scores themselves, two of them, both 0, and let the label be 0. Then
# $p = (\tfrac12, \tfrac12)$. Written out, the loss is $\ln \sum_j e^{s_j} - s_{\text{label}}$, so its gradient is $p$,
# less 1 at the label: $(-\tfrac12, \tfrac12)$. With a learning rate of 0.1 one step leads to the scores
# $(0.05, -0.05)$. Such a model exists: `nn.Embedding(n, classes)` is a table of $n$ rows of parameters; `X` holds the
# numbers of some rows, and what comes out are these rows, as scores. The checks train it, so that you can follow them
# with a pencil.
#
# **Two modes.** Some layers behave differently while a model is trained. **Dropout** then sets numbers to zero at
# random; **batch norm** scales by the mean and the spread of the batch, and notes them as its **running statistics**.
# In evaluation mode, dropout does nothing, and batch norm uses what it has noted. `model.train()` and `model.eval()`
# switch the whole model. LeNet has no such layer, but other models have.
#
# ### Question 2 · `train_epoch` (6 points)
#
# Write `train_epoch(model, X, y, optimizer, batch_size)`: one pass over the data.
#
# | | |
# |---|---|
# | `model` | any `nn.Module` that turns a batch of `X` into scores `(b, classes)`, in float32 or float64 |
# | `X` | the images, `(n, ...)`, at least one: the first axis counts them, and the others are the model's business |
# | `y` | the labels, `(n,)`, whole numbers from 0 |
# | `optimizer` | any PyTorch optimizer of the model's parameters |
# | `batch_size` | a whole number from 1, perhaps larger than `n` |
# | returns | a plain `float`: the mean loss over all `n` images, each taken before its batch's update |
#
# What counts:
#
# * With all images in one batch, every parameter takes one step of the optimizer down the **mean** cross-entropy of the
#   batch.
# * Every image takes part in exactly one update, and every batch makes one. **In which order the images come is up to
#   you**: as they are, or shuffled (then `X` and `y` alike). Batches have `batch_size` images; where that does not come
#   out even, one batch has those that remain. It is neither dropped nor filled up.
# * The mean loss that is returned: over images and not over batches.
# * Gradients are zeroed before each batch, the first too: one that somebody left in `.grad` must not leak in.
# * The model is in training mode while it trains, whatever mode it was in before. In which mode you leave it is up to
#   you.
# * `X` and `y` are left as they were, and so are PyTorch's global settings. Set no seed; drawing random numbers, for
#   shuffling, is fine.
#
# Nothing need be printed. The checks bring small models and data of their own.
#
# Hint: `torch.randperm(n).split(batch_size)` gives tensors of indices, of shape `(b,)`.


# %% solution: train_epoch
def train_epoch(model, X, y, optimizer, batch_size):
    """Train for one pass over X (n, ...) and y (n,) in batches; returns the mean loss over all images, a float."""
    ### BEGIN SOLUTION
    model.train()
    total = 0.0
    for batch in torch.randperm(len(X)).split(batch_size):
        loss = F.cross_entropy(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(batch)
    return total / len(X)
    ### END SOLUTION


# %% check: train_epoch

# %% [markdown]
# Before you train anything on everything, train it on almost nothing. A network with 22,238 parameters must be able
# to learn 32 digits by heart. If it cannot, something is broken, and you find out in a second.

# %%
def learned_by_heart(epochs=60):
    """A network trained on the first 32 digits alone, and the loss of each epoch."""
    torch.manual_seed(0)
    network = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam(network.parameters(), lr=3e-3)
    losses = [train_epoch(network, X_train[:32], y_train[:32], optimizer, batch_size=8) for _ in range(epochs)]
    return network, losses


with figures.when_solved():
    network, losses = learned_by_heart()
    print("parameters", f"{sum(p.numel() for p in network.parameters()):,}")
    print("loss in epoch", "  ".join(f"{epoch}: {losses[epoch - 1]:.3f}" for epoch in (1, 5, 10, 20, 40, 60)))

# %% [markdown]
# The loss starts near 2.3, as it should, and ends below 0.01. **Adam** is gradient descent with a step size of its
# own for each parameter: large where gradients have been small, small where they have been large. It needs less luck
# with the learning rate than plain descent.

# %% [markdown]
# ## 4 · How good is it?
#
# The loss is made for descending. People ask another question: how many did it get right? The answer of the network
# is the digit with the highest score; the **accuracy** is the share of images for which that is the label.
#
# By hand: three images with the scores (0.1, 2, −1), (3, 0, 1), (−2, −1, −3) and the labels 1, 2, 1. The highest
# scores are in places 1, 0 and 1. Two of three are right: 0.667.
#
# ### Question 3 · `accuracy` (3 points)
#
# Write `accuracy(model, X, y)`.
#
# | | |
# |---|---|
# | `model` | any `nn.Module` that turns `X` into scores `(n, classes)`, all of it in training or in evaluation mode |
# | `X`, `y` | at least one image, `(n, ...)`, and the labels, `(n,)` |
# | returns | the share of right answers, from 0 to 1: a plain `float`, no tensor |
#
# What counts:
#
# * The share is right.
# * Dropout and batch norm act as in **evaluation** mode, whatever mode the model is in when you get it.
# * No trace is left: the model is **in the mode it was in**, the layers inside it too; its parameters, running
#   statistics and gradients (`.grad`) are what they were, and the parameters can still be trained (`requires_grad`);
#   `X`, `y` and PyTorch's global settings, the gradient mode among them, are as before.
# * A plain `float`.
#
# No gradients are wanted here: `torch.no_grad()` saves time and memory.
#
# Hint: `model.training` tells the mode, and `model.train(mode)` sets it. The highest scores' places have shape
# `(n,)`.


# %% solution: accuracy
def accuracy(model, X, y):
    """The share of images X (n, ...) whose highest score is that of their label y (n,): a float from 0 to 1."""
    ### BEGIN SOLUTION
    mode = model.training
    model.eval()
    with torch.no_grad():
        answers = model(X).argmax(dim=1)
    model.train(mode)
    return (answers == y).float().mean().item()
    ### END SOLUTION


# %% check: accuracy

# %% [markdown]
# How well does the network that knows 32 digits by heart read the others? And one that has not learned anything?

# %%
with figures.when_solved():
    network, _ = learned_by_heart()
    print(f"trained on 32 digits: of those {accuracy(network, X_train[:32], y_train[:32]):.3f} right")
    print(f"             of the held-out ones {accuracy(network, X_test, y_test):.3f}")
    torch.manual_seed(0)
    print(f"not trained: of the held-out ones {accuracy(LeNet(side=16, channels=(8, 16)), X_test, y_test):.3f}")

# %% [markdown]
# All of its 32, and seven to eight in ten of the held-out ones: to know examples by heart is one thing, to read is
# another. (That 32 examples teach so much is remarkable enough.) The untrained network guesses, about one in ten.
# This is why some digits are held out: the accuracy on what it was trained on tells you little.
#
# ## 5 · Why ReLU, and why the maximum?
#
# Your LeNet has two parts that are not of 1998. Then a unit did not compute $\max(0, x)$ but bent its sum along a
# smooth curve, and pooling took the *average* of four pixels. Many textbooks rebuild it with the **sigmoid**
# $\sigma(x) = 1/(1 + e^{-x})$. Let us try that on our digits, with SGD. And let us try **tanh**, a sigmoid stretched to
# run from −1 to 1, which is nearer to the curve of 1998.
#
# By hand first. Such a curve, or ReLU, is called an **activation**: it takes each number by itself. On its way back
# through one, a gradient is multiplied by the slope. The sigmoid's slope is $\sigma(1-\sigma)$, at most
# $\tfrac12\cdot\tfrac12 = \tfrac14$. From the loss to `conv1` there are four activations: a factor of at most
# $(\tfrac14)^4 = \tfrac1{256}$. And average pooling hands a quarter of the gradient to each of four pixels, twice. The
# slope of ReLU is 1 wherever it lets anything through, and the maximum hands all of its gradient to the winner. What
# do you expect? (`figures.variant` makes a LeNet for our digits as an `nn.Sequential`; your functions train and
# measure it.)

# %% given: figure_activations
with figures.when_solved():
    curves = {}
    for name, activation, pooling in [
        ("sigmoid, average", nn.Sigmoid, nn.AvgPool2d),
        ("tanh, average", nn.Tanh, nn.AvgPool2d),
        ("ReLU, maximum", nn.ReLU, nn.MaxPool2d),
    ]:
        torch.manual_seed(0)
        network = figures.variant(activation, pooling)
        F.cross_entropy(network(X_train[:64]), y_train[:64]).backward()
        first, last = network[0].weight.grad.abs().mean(), network[-1].weight.grad.abs().mean()
        optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
        curves[name] = [accuracy(network, X_test, y_test)]
        for _ in range(10):
            loss = train_epoch(network, X_train, y_train, optimizer, batch_size=64)
            curves[name].append(accuracy(network, X_test, y_test))
        print(f"{name:16}  gradient at the start: in conv1 {first:.0e}, in fc3 {last:.0e}", end="")
        print(f"   after 10 epochs: loss {loss:.3f}, accuracy {curves[name][-1]:.3f}")
    figures.accuracy_curves(curves)

# %% [markdown]
# *The figure: the accuracy on the held-out digits after each of ten epochs of SGD. With sigmoids and averages it
# stays on a dotted line, at one in ten. With tanh and averages it climbs early, to about 0.9. With ReLU and maxima it
# stays low for some epochs and then climbs too, with setbacks.*
#
# With sigmoids the network does not learn at all: after ten epochs the loss still is about 2.3, as for equal scores.
# The printed gradients say why. What arrives in `conv1` is thousands of times smaller than in `fc3`, so the first
# layers hardly move. The last one does, but to no avail: a sigmoid of a small number is near one half, so all images
# look alike to it, and the best it can learn is how frequent each digit is. A larger learning rate does not help (we
# tried 0.5 and 0.9). Adam does, since it lifts small gradients: with it, and a learning rate of 0.003, sigmoids and
# averages reached 0.7 in ten epochs.
#
# Tanh learns well. It is steeper, with a slope of 1 at 0, and its outputs are positive and negative: the curve of
# 1998 was a good choice. ReLU costs less to compute, and its slope stays 1 however large its input, which helped to
# make networks possible that are much deeper than this one. Plain SGD at this learning rate takes a while to get it
# going; with Adam it is quick, as you are about to see.

# %% [markdown]
# ## 6 · What the layers see
#
# Between image and answer there are maps, and you can look at them. A **feature map** is what the kernels of one
# output channel, with the ReLU after them, make of the image: bright where they found what they look for.
#
# ### Question 4 · `feature_maps` (2 points)
#
# Write `feature_maps(model, X)`, which returns the pair `(first, second)`: what a LeNet's two convolutions see.
#
# | | shape | |
# |---|---|---|
# | `model` | | a `LeNet` made with some `side` and `channels`, in training or in evaluation mode |
# | `X` | `(n, 1, side, side)` | |
# | `first` | `(n, channels[0], side, side)` | after `conv1` and its ReLU, **before** pooling |
# | `second` | `(n, channels[1], side // 2 - 4, side // 2 - 4)` | after `conv2` and its ReLU, **before** pooling |
#
# What counts: two tensors of these shapes; their values; and that nothing is left behind: the maps do not require
# gradients; the model's mode, parameters and gradients are what they were, the parameters can still be trained, and
# no hook stays on it; `X` and PyTorch's global settings are as before. (A **hook** is a function that a module calls
# whenever it is used. It is one way to get at the maps; you can also call the layers one by one, and need none.)
#
# The check makes the model with a right `LeNet` of its own, so a mistake in Question 1 costs marks once and not
# again.
#
# Hint: by hand, for `side=16` and 8 and 16 channels, the shapes are `(n, 8, 16, 16)`, pooled `(n, 8, 8, 8)`, and
# `(n, 16, 4, 4)`.


# %% solution: feature_maps
def feature_maps(model, X):
    """What a LeNet's convolutions make of X (n, 1, side, side), each after its ReLU and before pooling.

    Returns (n, channels[0], side, side) and (n, channels[1], side // 2 - 4, side // 2 - 4), without gradients.
    """
    ### BEGIN SOLUTION
    with torch.no_grad():
        first = F.relu(model.conv1(X))
        second = F.relu(model.conv2(F.max_pool2d(first, 2)))
    return first, second
    ### END SOLUTION


# %% check: feature_maps

# %% [markdown]
# The maps of one digit in a network that has not learned anything:

# %% given: figure_maps_before
with figures.when_solved():
    torch.manual_seed(0)
    first, second = feature_maps(LeNet(side=16, channels=(8, 16)), X_test[:1])
    print("first", tuple(first.shape), " second", tuple(second.shape))
    figures.maps(X_test[0, 0], first[0], second[0])

# %% [markdown]
# *The figure: a digit, a 2, beside it the eight maps of the first layer, 16×16 pixels each, and below them the
# sixteen maps of the second, 4×4 pixels each. Each is drawn from black, which is 0, to its own brightest value. In
# some first maps the 2 can be made out, others have a few stray dots; some of the second are all black. Where the
# paper around the 2 is grey, the map shows its bias, which is positive.*
#
# Random kernels already do something, and some do nothing with this digit: their sums are negative everywhere, and
# ReLU leaves zeros. We will look again when the network has learned to read.

# %% [markdown]
# ## 7 · Put it together
#
# ### Question 5 · `train_digits` (3 points)
#
# Write `train_digits(X, y)`, which makes a network, trains it on these images, and returns it.
#
# | | |
# |---|---|
# | `X`, `y` | images `(n, 1, 16, 16)` from 0 to 1, and their labels `(n,)`, whole numbers from 0 to 9 |
# | returns | the trained network, an `nn.Module`: `(m, 1, 16, 16)` → scores `(m, 10)` |
#
# What counts:
#
# * **2 points:** trained on the 1437 digits, it gets **at least 90 %** of the 360 held-out ones right, in evaluation
#   mode. The check calls the digits by other names (a 3 is a 7, say, all through), so only what is learned from the
#   arguments `X` and `y` helps. Here it lends your code a right `LeNet` and a right `train_epoch`. There is a limit
#   of 60 seconds; two or three are plenty.
# * **1 point:** *your* `LeNet` and *your* `train_epoch` work together: `LeNet(16, (8, 16))`, trained for 60 epochs on
#   the first 32 of these digits, with Adam, learning rate 0.003 and batches of 8, gets all 32 right.
#
# How many epochs, which optimizer, which learning rate and how many channels is for you to choose; you may set a seed
# or not. Do not build on luck: the check trains with another seed than you. `LeNet(16, (8, 16))`, Adam with 0.003,
# ten epochs and batches of 64 pass with room to spare.
#
# Hint: `learned_by_heart` above is nearly it.


# %% solution: result
def train_digits(X, y):
    """A network trained to read digits from images X (n, 1, 16, 16) and labels y (n,) alone."""
    ### BEGIN SOLUTION
    model = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in range(10):
        train_epoch(model, X, y, optimizer, batch_size=64)
    return model
    ### END SOLUTION


# %% check: result

# %% [markdown]
# Watch one learn, for twice as long:

# %% given: figure_learning
with figures.when_solved():
    torch.manual_seed(0)
    network = LeNet(side=16, channels=(8, 16))
    optimizer = torch.optim.Adam(network.parameters(), lr=3e-3)
    losses, known, held_out = [], [], []
    for _ in range(20):
        losses.append(train_epoch(network, X_train, y_train, optimizer, batch_size=64))
        known.append(accuracy(network, X_train, y_train))
        held_out.append(accuracy(network, X_test, y_test))
    print(f"accuracy after 10 epochs: trained on {known[9]:.3f}, held out {held_out[9]:.3f}")
    print(f"accuracy after 20 epochs: trained on {known[19]:.3f}, held out {held_out[19]:.3f}")
    figures.learning_curves(losses, {"trained on": known, "held out": held_out})

# %% [markdown]
# *The figure: on the left the loss of each of 20 epochs, on a logarithmic scale: it falls from about 2 to some
# hundredths or less, with a few bumps. On the right two accuracies: both climb steeply in the first epochs; that on the
# digits it was trained on goes on to nearly 1, that on the held-out ones levels off a little below.*
#
# The bumps are the noise of the batches. The gap between the two curves is what the network knows by heart and cannot
# apply. When the upper one is at 1 and the loss near 0, there is little left to learn from these digits; more of them
# would help more than more epochs.
#
# Which digits does it take for which? Train one with your function, and count.

# %% given: figure_confusion
with figures.when_solved():
    torch.manual_seed(0)
    model = train_digits(X_train, y_train).eval()
    with torch.no_grad():
        probabilities = model(X_test).softmax(dim=1)
    answers = probabilities.argmax(dim=1)
    confusion = (y_test * 10 + answers).bincount(minlength=100).reshape(10, 10)
    print(f"accuracy {accuracy(model, X_test, y_test):.3f}: {int(confusion.trace())} of {len(y_test)} right")
    figures.confusion_matrix(confusion)
    wrong = (answers != y_test).nonzero().flatten()[:10]
    figures.misread(X_test[wrong], y_test[wrong], answers[wrong], probabilities[wrong].amax(dim=1))

# %% [markdown]
# *The first figure: a table with a row for each written digit and a column for each answer, ten by ten. Nearly all of
# the 360 are on the diagonal; the few others are framed. The second: up to ten of the digits that it got wrong, each
# with its label, the answer, and the probability that the network gave to it.*
#
# The **confusion matrix** tells more than one number: which digits are hard, and for what they are taken. Look at the
# misread ones. Would you have read them all? And look at the probabilities: a network is often quite sure when it is
# wrong. Softmax makes numbers that add up to 1, and nothing makes them honest.
#
# And now the maps again, of the same digit as before (if what you return is a `LeNet`):

# %% given: figure_maps_after
with figures.when_solved():
    torch.manual_seed(0)
    first, second = feature_maps(train_digits(X_train, y_train), X_test[:1])
    figures.maps(X_test[0, 0], first[0], second[0])

# %% [markdown]
# *The figure: the same digit, with the eight first and sixteen second maps of the trained network. The 2 can be made
# out in nearly all first maps, in different ways: its left edges, its right edges, its lower edges, the whole of it
# blurred. The second ones have a few bright pixels each, in different places, and some are black.*
#
# Nobody asked for edges. The network was asked for digits, and found that edges help, as the brains of Hubel's and
# Wiesel's cats had. The second maps are no pictures any more. By hand, with the rule of the first notebook: a pixel
# of the first maps sees 5 pixels across, after pooling 6, and a pixel of the second maps $6 + 4\cdot 2 = 14$ of 16.
# Each sees nearly all of the digit, and says *that* there is something, and hardly *where*.
#
# ## What you have built
#
# At the beginning of the first notebook there was a window that slides.
#
# * **The convolutional layer**: the same small kernel everywhere, because pictures have locality and translation
#   equivariance; several channels in and out; kernels learned by gradient descent.
# * **Convolution in depth**: padding and stride, 1×1 kernels and pooling; the way back, by hand; one matrix product.
# * **LeNet**: layers put together, 61,706 parameters; cross-entropy, batches, epochs; accuracy on digits that were held
#   out; slopes that let gradients through; and a look inside.
#
# What stands in your notebooks is a working vision system, and you have written all of its parts or taken them apart.
# The networks that came after LeNet are deeper and wider, and they have normalisation and short cuts; but they are
# made of what you have built.
