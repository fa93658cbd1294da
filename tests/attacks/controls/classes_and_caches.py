# Honest: dataclasses, caches, decorators, generators and annotations around a right answer.
# marks: corr2d 10
# %% own cell
from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import NamedTuple

class Size(NamedTuple):
    height: int
    width: int

@dataclass(frozen=True)
class Window:
    image: Size
    kernel: Size

    @functools.cached_property
    def output(self) -> Size:
        return Size(self.image.height - self.kernel.height + 1, self.image.width - self.kernel.width + 1)

@functools.cache
def window(image: Size, kernel: Size) -> Window:
    return Window(image, kernel)

def checked(function):
    @functools.wraps(function)
    def wrapper(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
            raise ValueError("the kernel is larger than the image")
        return function(X, K)
    return wrapper

def offsets(size: Size):
    yield from ((a, b) for a in range(size.height) for b in range(size.width))
# %% corr2d
@checked
def corr2d(X, K):
    size = window(Size(*X.shape), Size(*K.shape)).output
    parts = [X[a : a + size.height, b : b + size.width] * K[a, b] for a, b in offsets(Size(*K.shape))]
    return functools.reduce(torch.add, parts)
