"""The picture that our lessons look at."""

from functools import lru_cache

import torch
from torch import Tensor


@lru_cache(maxsize=1)
def _pixels(size: int) -> Tensor:
    from skimage.data import chelsea  # slow to import and needed by two cells only
    from skimage.transform import resize

    pixels = resize(chelsea(), (size, size), anti_aliasing=True)
    return torch.from_numpy(pixels).permute(2, 0, 1).float().contiguous()


def photograph(size: int = 128) -> Tensor:
    """A colour photograph of a cat: float32 `(3, size, size)`, red, green and blue, each from 0 to 1."""
    return _pixels(size).clone()
