"""What wrong code for a padded, strided cross-correlation computes, for each padding and stride (height, width)."""

import torch
from torch.nn import functional as F

from autograder.properties.oracle import Reference, padded_strided
from autograder.properties.tensor_function import Mistake

Pair = tuple[int, int]

PER_SIDE = "Padding is per side: padding=(1, 1) adds a row above, a row below, and a column on each side."
EVERY_STEP = "With stride (sh, sw), output (i, j) belongs to the window that begins at row i·sh and column j·sw."


def padding_and_stride(padding: Pair, stride: Pair) -> tuple[Mistake, ...]:
    """The mistakes of somebody who is asked for this padding and this stride."""
    (ph, pw), (sh, sw) = padding, stride

    def padded(left: int, right: int, above: int, below: int) -> Reference:
        return lambda X, K: padded_strided((0, 0), stride)(F.pad(X, (left, right, above, below)), K)

    def strided(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        return padded_strided(padding, (1, 1))(X, K)

    def rounded_up(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
        sides = (X.shape[0] + 2 * ph - K.shape[0]) % sh, (X.shape[1] + 2 * pw - K.shape[1]) % sw
        more = [(-rest) % step for rest, step in zip(sides, stride, strict=True)]
        return padded(pw, pw + more[1], ph, ph + more[0])(X, K)

    return (
        Mistake(
            "padding_in_all", "The padding is counted in all, and not per side.", PER_SIDE,
            padded(pw // 2, pw - pw // 2, ph // 2, ph - ph // 2),
        ),
        Mistake(
            "padded_above_and_left_only", "There are zeros above and on the left only.", PER_SIDE,
            padded(pw, 0, ph, 0),
        ),
        Mistake(
            "padded_below_and_right_only", "There are zeros below and on the right only.", PER_SIDE,
            padded(0, pw, 0, ph),
        ),
        Mistake(
            "padding_ignored", "The padding plays no part.", "Put zeros around X first: F.pad(X, (pw, pw, ph, ph)).",
            padded_strided((0, 0), stride),
        ),
        Mistake(
            "padding_sides_exchanged", "The padding's height and width have changed places.",
            "padding is (height, width); F.pad takes the last dimension first.", padded_strided((pw, ph), stride),
        ),
        Mistake(
            "padding_taken_from_height", "The padding of the height is taken for the width too.", PER_SIDE,
            padded_strided((ph, ph), stride),
        ),
        Mistake(
            "padded_with_ones", "There are ones around X, and not zeros.",
            "Pad with zeros: F.pad(X, (pw, pw, ph, ph)).",
            lambda X, K: padded_strided((0, 0), stride)(F.pad(X, (pw, pw, ph, ph), value=1.0), K),
        ),
        Mistake(
            "padded_with_the_border", "The border's own pixels are repeated around X, and not zeros.",
            "Pad with zeros: F.pad(X, (pw, pw, ph, ph)).",
            lambda X, K: padded_strided((0, 0), stride)(
                F.pad(X[None, None], (pw, pw, ph, ph), mode="replicate")[0, 0], K
            ),
        ),
        Mistake("stride_ignored", "The stride plays no part.", EVERY_STEP, strided),
        Mistake(
            "stride_sides_exchanged", "The stride's height and width have changed places.",
            "stride is (height, width): rows first.", padded_strided(padding, (sw, sh)),
        ),
        Mistake(
            "stride_taken_from_height", "The stride of the height is taken for the width too.",
            "stride is (height, width): rows first.", padded_strided(padding, (sh, sh)),
        ),
        Mistake(
            "stride_for_rows_only", "Only the rows are strided; the columns move by one.", EVERY_STEP,
            padded_strided(padding, (sh, 1)),
        ),
        Mistake(
            "padding_and_stride_exchanged", "Padding and stride have changed places.",
            "The order is corr2d(X, K, padding, stride).",
            lambda X, K: padded_strided(stride, padding)(X, K),
        ),
        Mistake(
            "windows_moved_by_one", "There are as many outputs as there should be, of windows that move by one.",
            EVERY_STEP, lambda X, K: _first(strided(X, K), padded_strided(padding, stride)(X, K).shape),
        ),
        Mistake(
            "rounded_up", "A last window that does not fit whole is answered too.",
            "Round down: (n + 2·padding - k) // stride + 1.", rounded_up,
        ),
        Mistake(
            "true_convolution", "This is true convolution: the kernel is flipped in both directions.",
            "Multiply the window by K as it stands: cross-correlation does not flip.",
            lambda X, K: padded_strided(padding, stride)(X, K.flip(0, 1)),
        ),
    )  # fmt: skip


def _first(Y: torch.Tensor, shape: torch.Size) -> torch.Tensor:
    return Y[: shape[0], : shape[1]]
