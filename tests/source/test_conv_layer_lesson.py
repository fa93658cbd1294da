"""The lesson in source/conv_layer: its cells, its numbers and its figures, solved and unsolved."""

import re

import pytest
import torch
from lessons import Cell, Lesson, definitions, points_in_headings, run_cells, titles, written
from torch import Tensor, nn
from torch.nn import functional as F

LESSON = "conv_layer"

DEFINES = {
    "corr2d": {"corr2d": "(X, K)"},
    "conv2d_layer": {"Conv2D": "(kernel_size: tuple[int, int])"},
    "edge_kernels": {
        "vertical_edge_kernel": "()",
        "horizontal_edge_kernel": "()",
        "diagonal_edge_kernel": "()",
        "sobel_kernels": "()",
    },
    "train_kernel": {"train_kernel": "(conv2d, X, Y, lr=0.03, num_steps=10)"},
    "convolve2d": {"convolve2d": "(X, K)"},
    "multi_channel": {"corr2d_multi_in": "(X, K)", "corr2d_multi_in_out": "(X, K)"},
    "conv_components": {"conv_components": "(X, K, u)"},
    "count_and_field": {
        "num_conv_params": "(in_channels, out_channels, kernel_size, bias=True)",
        "receptive_field": "(layers)",
    },
}


# The cells


def test_the_eight_questions_ask_for_these_names_in_this_order(cells: list[Cell], lesson: Lesson) -> None:
    assert list(definitions(cells, lesson).items()) == list(DEFINES.items())


def test_the_points_in_the_headings_add_up_to_forty(cells: list[Cell]) -> None:
    assert points_in_headings(cells) == [10, 7, 4, 7, 2, 5, 2, 3]
    assert sum(points_in_headings(cells)) == 40


# The numbers


@pytest.mark.parametrize(
    "expected",
    [
        "weights 3,000,000   with bias 3,000,001",
        "weights         9   with bias        10",
        "tensor([[19., 25.],\n        [37., 43.]])",
        "answers moved along: True",
        "32 → 28 → 24 → 20 → 16 → 12 → 8 → 4\n",
        "        [ 0.,  1.,  0.,  0.,  0., -1.,  0.],\n" * 4,
        "(8, 5) anything found: False",
        "2: 11.296  4:  1.912  6:  0.328  8:  0.058  10:  0.011  learned (0.9871, -0.9780)",
        "2: 11.863  4:  2.806  6:  0.805  8:  0.272  10:  0.102  learned (0.9530, -1.0167)",
        "2:  9.103  4:  1.762  6:  0.392  8:  0.105  10:  0.034  learned (0.9681, -1.0023)",
        "2:  6.645  4:  1.649  6:  0.496  8:  0.173  10:  0.066  learned (",
        "windows (42, 2)   curvatures [12.0, 60.0]",
        "tensor([[3., 2.],\n        [1., 0.]])",
        "tensor([[ 56.,  72.],\n        [104., 120.]])",
        "[[ 76., 100.],\n         [148., 172.]],\n\n        [[ 96., 128.],\n         [192., 224.]]])",
        "input (1, 3, 128, 128)  kernels (4, 3, 5, 5)  output (1, 4, 124, 124)",
        "before the first forward: <UninitializedParameter>\nafter it: Conv2d weight (4, 3, 5, 5)",
        "stride 1: fields [3, 5, 7, 9, 11, 13, 15] …; layers needed: 64",
        "stride 2: fields [3, 7, 15, 31, 63, 127, 255] …; layers needed: 7",
    ],
)
def test_the_lesson_prints_the_numbers_its_prose_speaks_of(expected: str, lesson: Lesson) -> None:
    assert expected in lesson.printed


def test_the_feature_maps_differ_from_conv2d_by_rounding_only(lesson: Lesson) -> None:
    found = re.search(r"mean absolute difference from nn\.Conv2d: (\S+)", lesson.printed)
    assert found is not None
    assert float(found[1]) < 1e-7


def test_the_table_of_losses_in_the_prose_is_what_the_runs_give(cells: list[Cell], lesson: Lesson) -> None:
    table = next(cell.source for cell in cells if cell.source.startswith("Four runs."))
    rows = [re.findall(r"\d+\.\d{3}(?= \|)", line) for line in table.splitlines() if line.startswith("| (")]
    assert rows == [[f"{losses[step]:.3f}" for step in range(1, 10, 2)] for losses in lesson.module.histories.values()]
    assert {len(row) for row in rows} == {5}


def test_the_update_done_by_hand_is_right(lesson: Lesson) -> None:
    X = torch.ones(1, 1, 6, 8)
    X[..., 2:6] = 0
    layer = nn.Conv2d(1, 1, (1, 2), bias=False)
    nn.init.zeros_(layer.weight)
    losses = lesson.module.train_kernel(layer, X, F.conv2d(X, torch.tensor([[[[1.0, -1.0]]]])), num_steps=1)
    assert losses == [12.0]
    torch.testing.assert_close(layer.weight.flatten(), torch.tensor([0.36, -0.36]))


def test_the_slanted_edge_done_by_hand_is_right(lesson: Lesson) -> None:
    corr2d, across = lesson.module.corr2d, lesson.module.diagonal_edge_kernel()
    along = torch.tensor([[1.0, 0.0], [0.0, -1.0]])
    image = torch.ones(5, 5).triu(diagonal=1)
    assert corr2d(image, along).tolist() == torch.zeros(4, 4).tolist()
    assert corr2d(image, across)[0, 0] == 1
    rows, columns = torch.meshgrid(torch.arange(5.0), torch.arange(5.0), indexing="ij")
    assert not corr2d((rows + columns) ** 2, across).any()


def test_the_convolution_done_by_hand_is_right(lesson: Lesson) -> None:
    Y = lesson.module.convolve2d(torch.arange(9.0).reshape(3, 3), torch.arange(4.0).reshape(2, 2))
    assert Y[0, 0] == 5


def test_the_counts_and_fields_done_by_hand_are_right(lesson: Lesson) -> None:
    field = lesson.module.receptive_field
    assert [field(x) for x in ([], [(3, 1), (3, 1)], [(3, 2), (3, 1)], [(3, 1), (3, 2)])] == [1, 5, 7, 5]
    count = lesson.module.num_conv_params
    assert [count(3, 4, 5), count(1, 1, 3), count(1, 1, 3, bias=False), count(2, 3, (1, 4))] == [304, 10, 9, 27]


def test_a_taller_kernel_fits_the_banded_image_without_being_found(lesson: Lesson) -> None:
    """Written question A: the loss vanishes, the kernels differ, their column sums agree."""
    X = torch.ones(1, 1, 6, 8, dtype=torch.float64)
    X[..., 2:6] = 0
    true = torch.tensor([[[[1.0, -1.0], [0.5, 2.0]]]], dtype=torch.float64)
    learned: list[Tensor] = []
    for start in (0.0, 1.0):
        layer = nn.Conv2d(1, 1, (2, 2), bias=False, dtype=torch.float64)
        nn.init.constant_(layer.weight[0, 0, 0], start)
        nn.init.constant_(layer.weight[0, 0, 1], -start)
        losses = lesson.module.train_kernel(layer, X, F.conv2d(X, true), lr=0.015, num_steps=200)
        assert losses[-1] < 1e-12
        learned.append(layer.weight.detach())
        torch.testing.assert_close(learned[-1].sum(dim=2), true.sum(dim=2))
    assert (learned[0] - learned[1]).abs().max() > 0.5
    assert all((kernel - true).abs().max() > 0.1 for kernel in learned)


# The reference


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.bfloat16])
@pytest.mark.parametrize("shapes", [((5, 7), (3, 2)), ((4, 4), (4, 4)), ((1, 6), (1, 1))])
def test_the_reference_agrees_with_conv2d_in_every_type(
    dtype: torch.dtype, shapes: tuple[tuple[int, int], tuple[int, int]], lesson: Lesson
) -> None:
    generator = torch.Generator().manual_seed(0)
    X, K = (torch.randint(-3, 4, shape, generator=generator).to(dtype) for shape in shapes)
    Y = lesson.module.corr2d(X, K)
    assert Y.dtype == dtype
    assert torch.equal(Y.double(), F.conv2d(X[None, None].double(), K[None, None].double())[0, 0])


@pytest.mark.parametrize("kernel", [(4, 1), (1, 6)])
def test_a_kernel_that_does_not_fit_raises(kernel: tuple[int, int], lesson: Lesson) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        lesson.module.corr2d(torch.ones(3, 5), torch.ones(kernel))


# The figures


def test_figures_have_their_panels(lesson: Lesson) -> None:
    assert [len(titles(figure)) for figure in lesson.figures] == [9 + 2, 3, 4, 0, 8, 0, 20, 0]


def test_the_window_figure_shows_the_arithmetic_of_all_four_places(lesson: Lesson) -> None:
    sums = ["0·0 + 1·1 + 3·2 + 4·3 = 19", "1·0 + 2·1 + 4·2 + 5·3 = 25"]
    sums += ["3·0 + 4·1 + 6·2 + 7·3 = 37", "4·0 + 5·1 + 7·2 + 8·3 = 43"]
    assert [title for title in titles(lesson.figures[0]) if "=" in title] == sums


def test_the_edge_figure_writes_the_sign_of_every_response(lesson: Lesson) -> None:
    assert written(lesson.figures[1])[-6 * 7 :] == ["0", "+1", "0", "0", "0", "−1", "0"] * 6


def test_the_feature_map_grid_has_the_photograph_in_its_corner(lesson: Lesson) -> None:
    figure = lesson.figures[6]
    names = titles(figure)
    assert names[0] == "input"
    assert names[5::5] == ["channel 0 (red)", "channel 1 (green)", "channel 2 (blue)"]
    assert names[8] == "X(0) ⋆ K(0, 2)"
    shown = figure.axes[0].images[8].get_array()
    torch.testing.assert_close(torch.as_tensor(shown.data), lesson.module.components[0, 2])
    corner = figure.axes[0].images[0].get_window_extent()
    others = [image.get_window_extent() for image in figure.axes[0].images[1:]]
    assert all(corner.x0 <= other.x0 and corner.y1 >= other.y1 for other in others)


def test_the_reach_figure_counts_five_and_seven_pixels(lesson: Lesson) -> None:
    texts = [[text.get_text() for text in ax.texts] for ax in lesson.figures[7].axes]
    assert texts == [["1 used", "3 used", "5 used"], ["1 used", "3 used", "7 used"]]


# Before anything is solved


def test_an_unsolved_notebook_runs_to_its_end_and_says_what_to_solve(cells: list[Cell]) -> None:
    printed = "".join(run_cells(cells, solved=frozenset()))
    for name in ("corr2d", "Conv2D", "sobel_kernels", "train_kernel", "corr2d_multi_in", "conv_components"):
        assert f"Solve {name} above, then run this cell again.\n" in printed
    assert "Solve receptive_field above, then run this cell again.\n" in printed
