"""What wrong code for im2col computes, for each window size (height, width)."""

import torch
from torch.nn import functional as F

from autograder.properties.oracle import Reference, columns_of, cross_correlation
from autograder.properties.tensor_function import Mistake

Size = tuple[int, int]

ORDER = "Row a·kw + b holds K[a, b]'s pixels; column i·ow + j is the window that begins at (i, j)."

# What is made of right columns: Y is the kernel as a row times these, reshaped.
MULTIPLIED = (
    Mistake(
        "output_in_one_row", "The outputs are left in one row.", "Reshape them to (oh, ow).",
        lambda X, K: cross_correlation(X, K).reshape(1, -1),
    ),
    Mistake(
        "output_sides_exchanged", "The outputs are reshaped to (width, height).", "Reshape them to (oh, ow).",
        lambda X, K: cross_correlation(X, K).reshape(cross_correlation(X, K).shape[::-1]),
    ),
    Mistake(
        "kernel_by_columns", "The kernel is flattened column by column.", "Flatten K as it stands: K.reshape(1, -1).",
        lambda X, K: cross_correlation(X, K.mT.reshape(K.shape)),
    ),
)  # fmt: skip


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
        Mistake(
            "square_windows_only", "The window's height is taken for its width too.",
            "kernel_size is (height, width): take both.", columns_of((kh, kh)),
        ),
        Mistake(
            "windows_side_by_side", "The windows do not overlap: they move by their own size.",
            "The window moves by one.", lambda X: F.unfold(X[None, None], size, stride=size)[0],
        ),
        Mistake(
            "padded_columns", "The image is padded first.", "Only whole windows on X itself count.",
            lambda X: F.unfold(X[None, None], size, padding=1)[0],
        ),
        Mistake(
            "batch_axis_left", "The columns have a batch axis before them.", "Take it off again: F.unfold(...)[0].",
            lambda X: columns_of(size)(X)[None],
        ),
        Mistake(
            "four_axes", "The windows are right, and have four axes still.", "Reshape them to (kh·kw, oh·ow).",
            lambda X: columns_of(size)(X).reshape(kh, kw, X.shape[0] - kh + 1, X.shape[1] - kw + 1),
        ),
    )  # fmt: skip
