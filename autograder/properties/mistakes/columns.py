"""What wrong code for im2col computes, for each window size (height, width)."""

import torch

from autograder.properties.oracle import Reference, columns_of
from autograder.properties.tensor_function import Mistake

Size = tuple[int, int]

ORDER = "Row a·kw + b holds K[a, b]'s pixels; column i·ow + j is the window that begins at (i, j)."


def columns(size: Size) -> tuple[Mistake, ...]:
    """The mistakes of somebody who is asked for the windows of this size as columns."""
    kh, kw = size

    def ordered(*axes: int) -> Reference:
        """With the window's rows and columns (0, 1) and its places (2, 3) in another order."""

        def reference(X: torch.Tensor) -> torch.Tensor:
            sides = (kh, kw, X.shape[0] - kh + 1, X.shape[1] - kw + 1)
            shape = kh * kw, sides[2] * sides[3]
            return columns_of(size)(X).reshape(sides).permute(axes).reshape(shape)

        return reference

    return (
        Mistake(
            "windows_as_rows", "The windows are the rows, and not the columns.", "Transpose it: a column is a window.",
            lambda X: columns_of(size)(X).mT,
        ),
        Mistake("window_by_columns", "Each window is read column by column.", ORDER, ordered(1, 0, 2, 3)),
        Mistake("places_by_columns", "The places are walked column by column.", ORDER, ordered(0, 1, 3, 2)),
        Mistake("all_by_columns", "Windows and places are read column by column.", ORDER, ordered(1, 0, 3, 2)),
        Mistake(
            "windows_back_to_front", "Each window is read back to front.", ORDER, lambda X: columns_of(size)(X).flip(0)
        ),
        Mistake(
            "reshaped_only", "The numbers are right, and stand in the order of the windows, one after the other.",
            "A reshape does not transpose: move the window's axes to the front first.",
            lambda X: columns_of(size)(X).mT.reshape(columns_of(size)(X).shape),
        ),
        Mistake(
            "window_sides_exchanged", "The window's height and width have changed places.",
            "kernel_size is (height, width): rows first.", columns_of((kw, kh)),
        ),
    )  # fmt: skip
