"""The lesson in source/conv_in_depth: its questions, its numbers and its figures."""

import re

import pytest
import torch
from lessons import Cell, Lesson, definitions, points_in_headings, run_cells, titles, written
from matplotlib.colors import to_hex
from matplotlib.text import Text
from torch import Tensor
from torch.nn import functional as F

LESSON = "conv_in_depth"

DEFINES = {
    "conv_output_size": {"conv_output_size": "(n, k, padding=0, stride=1)"},
    "corr2d_padded_strided": {"corr2d": "(X, K, padding=(0, 0), stride=(1, 1))"},
    "corr2d_1x1": {"corr2d_multi_in_out_1x1": "(X, K)"},
    "pool2d": {"pool2d": "(X, pool_size, mode='max')"},
    "corr2d_backward": {"corr2d_backward": "(X, K, dY)"},
    "corr2d_im2col": {"im2col": "(X, kernel_size)", "corr2d_im2col": "(X, K)"},
    "compose_kernels": {"compose_kernels": "(K1, K2)"},
}


def whole(*shape: int, seed: int = 0) -> Tensor:
    """Small whole numbers in float64, so that every order of adding up gives the same."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(-9, 10, shape, generator=generator).double()


def middle(text: Text) -> tuple[float, float]:
    box = text.get_window_extent()
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


# The cells


def test_the_seven_questions_ask_for_these_names_in_this_order(cells: list[Cell], lesson: Lesson) -> None:
    assert list(definitions(cells, lesson).items()) == list(DEFINES.items())


def test_the_points_of_the_questions_and_of_the_written_ones_add_up_to_forty(cells: list[Cell]) -> None:
    assert points_in_headings(cells) == [3, 7, 3, 5, 8, 8, 3]
    written_ones = [cell.title for cell in cells if cell.title.startswith("answer: ")]
    assert written_ones == ["answer: why_padding", "answer: why_stride", "answer: why_pooling_or_stride"]
    assert sum(points_in_headings(cells)) + len(written_ones) == 40
    headings = [line for cell in cells for line in cell.source.splitlines() if line.startswith("### Written")]
    assert all("(1 point; " in line for line in headings)
    assert len(headings) == 3


# The numbers


@pytest.mark.parametrize(
    "expected",
    [
        "LeNet, first layer    kernel  5  padding 2  stride 1:  28 → 28",
        "AlexNet, first layer  kernel 11  padding 2  stride 4:  224 → 55",
        "VGG, every layer      kernel  3  padding 1  stride 1:  224 → 224",
        "ResNet, first layer   kernel  7  padding 3  stride 2:  224 → 112",
        "tensor([[0., 8.],\n        [6., 8.]])\n" * 2,
        "maps (2, 4, 5)  pixel by pixel (4, 5, 2)\nthe same within rounding: True",
        "weights 589,824\n1×1, 3×3, 1×1  weights  69,632",
        "tensor([[4., 5.],\n        [7., 8.]]) tensor([[2., 3.],\n        [5., 6.]])\ntensor([[-1.]])",
        "edge in column 2: answers [0, 0, 1, 0, 0, 0, 0, 0]  pooled [0, 1, 0, 0]",
        "edge in column 3: answers [0, 0, 0, 1, 0, 0, 0, 0]  pooled [0, 1, 0, 0]",
        "edge in column 4: answers [0, 0, 0, 0, 1, 0, 0, 0]  pooled [0, 0, 1, 0]",
        "tensor([[ 0.,  1.,  2.],\n        [ 2., 10., 10.],\n        [ 6., 17., 12.]])",
        "tensor([[27., 37.],\n        [57., 67.]])",
        "as autograd: True True",
        "loss at step 2: 11.296  4: 1.912  6: 0.328  8: 0.058  10: 0.011",
        "learned [0.9871, -0.978]  part of a graph: False",
        "tensor([[ 0.,  1.,  2.,  4.,  5.,  6.],\n        [ 1.,  2.,  3.,  5.,  6.,  7.],",
        "tensor([[24., 30., 36.],\n        [48., 54., 60.]])",
        "window_by_window  113 449 1793 7169\n",
        "entry_by_entry    55 55 55 55\n",
        "corr2d_im2col     8 8 8 8\n",
        "weights (4, 75)  windows (75, 16)  output (4, 4, 4)\nas F.conv2d: True",
        "tensor([[ 1., -2.,  1.]])",
        "tensor([[1., 2., 3., 2., 1.],\n        [2., 4., 6., 4., 2.],\n        [3., 6., 9., 6., 3.],",
        "shapes (6, 4) (6, 4)  the same: True",
    ],
)
def test_the_lesson_prints_the_numbers_its_prose_speaks_of(expected: str, lesson: Lesson) -> None:
    assert expected in lesson.printed


def test_the_windows_counted_over_a_corner_an_edge_and_the_middle_are_right(lesson: Lesson) -> None:
    counts = lesson.module.windows_over_each_pixel
    assert counts(0)[0].tolist() == [1, 2, 3, 2, 1]
    assert (counts(0)[0, 0], counts(0)[2, 2]) == (1, 9)
    assert counts(1)[0].tolist() == [4, 6, 6, 6, 4]
    assert counts(1)[1:-1, 1:-1].eq(9).all()


def test_ten_layers_without_padding_leave_eight_pixels_and_a_fourteenth_does_not_fit(lesson: Lesson) -> None:
    """Written question A."""
    sides = [28]
    while sides[-1] >= 3:
        sides.append(lesson.module.conv_output_size(sides[-1], 3))
    assert sides[10] == 8
    assert len(sides) - 1 == 13


def test_a_kernel_of_odd_width_keeps_the_size_with_padding_of_half_its_width(lesson: Lesson) -> None:
    assert all(lesson.module.conv_output_size(n, k, (k - 1) // 2) == n for n in range(1, 30) for k in range(1, 12, 2))


def test_the_middle_row_of_the_hand_example_is_under_no_window(lesson: Lesson) -> None:
    X = torch.zeros(3, 3)
    X[1] = 1
    assert not lesson.module.corr2d(X, torch.ones(2, 2), padding=(1, 1), stride=(3, 2)).any()


def test_the_matrix_product_done_by_hand_is_right(lesson: Lesson) -> None:
    X, K = torch.tensor([[[1.0, 2.0]], [[3.0, 4.0]]]), torch.tensor([[1.0, 1.0], [1.0, -1.0], [0.0, 2.0]])
    Y = lesson.module.corr2d_multi_in_out_1x1(X, K.reshape(3, 2, 1, 1))
    assert Y.tolist() == [[[4, 6]], [[-2, -2]], [[6, 8]]]


def test_the_memory_of_im2col_is_what_the_prose_says(lesson: Lesson) -> None:
    matrix = lesson.module.im2col(torch.empty(128, 128, device="meta"), (5, 5))
    assert matrix.numel() == 384_400
    assert round(matrix.numel() / 128**2) == 23


# The reference


@pytest.mark.parametrize("padding", [(0, 0), (1, 0), (2, 3), (4, 1)])
@pytest.mark.parametrize("stride", [(1, 1), (2, 3), (3, 1), (7, 7)])
@pytest.mark.parametrize("shapes", [((5, 7), (3, 2)), ((4, 4), (4, 4)), ((1, 6), (1, 1))])
def test_padding_and_stride_are_those_of_conv2d(
    shapes: tuple[tuple[int, int], tuple[int, int]], stride: tuple[int, int], padding: tuple[int, int], lesson: Lesson
) -> None:
    X, K = (whole(*shape) for shape in shapes)
    Y = lesson.module.corr2d(X, K, padding=padding, stride=stride)
    assert torch.equal(Y, F.conv2d(X[None, None], K[None, None], padding=padding, stride=stride)[0, 0])
    sizes = zip(X.shape, K.shape, padding, stride, strict=True)
    assert tuple(lesson.module.conv_output_size(*one) for one in sizes) == tuple(Y.shape)


def test_a_kernel_fits_or_does_not_fit_on_the_padded_image(lesson: Lesson) -> None:
    assert lesson.module.corr2d(torch.ones(3, 5), torch.ones(4, 5), padding=(1, 0)).shape == (2, 1)
    for kernel, padding in (((4, 1), (0, 1)), ((1, 8), (1, 1))):
        with pytest.raises(ValueError, match="does not fit"):
            lesson.module.corr2d(torch.ones(3, 5), torch.ones(kernel), padding=padding)


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (5, 4)])
def test_pooling_agrees_with_the_ready_made_one_for_negative_numbers_too(size: tuple[int, int], lesson: Lesson) -> None:
    X = whole(5, 6) - 10
    average = F.avg_pool2d(X[None], size, stride=1)[0]
    torch.testing.assert_close(lesson.module.pool2d(X, size, mode="avg"), average, rtol=1e-15, atol=0)
    assert torch.equal(lesson.module.pool2d(X, size), F.max_pool2d(X[None], size, stride=1)[0])


def test_another_mode_of_pooling_raises(lesson: Lesson) -> None:
    for mode in ("mean", "", None):
        with pytest.raises(ValueError, match="mode"):
            lesson.module.pool2d(torch.ones(2, 2), (1, 1), mode=mode)


@pytest.mark.parametrize("shapes", [((5, 7), (3, 2)), ((4, 4), (4, 4)), ((1, 6), (1, 1)), ((3, 3), (1, 2))])
def test_the_way_back_is_that_of_autograd(shapes: tuple[tuple[int, int], tuple[int, int]], lesson: Lesson) -> None:
    X, K = (whole(*shape).requires_grad_() for shape in shapes)
    Y = F.conv2d(X[None, None], K[None, None])[0, 0]
    dY = whole(*Y.shape, seed=1)
    expected = torch.autograd.grad(Y, (X, K), dY)
    for got, wanted in zip(lesson.module.corr2d_backward(X.detach(), K.detach(), dY), expected, strict=True):
        assert torch.equal(got, wanted)


@pytest.mark.parametrize("kernel_size", [(1, 1), (2, 3), (4, 5), (3, 1)])
def test_the_columns_are_those_of_unfold_and_their_product_is_the_cross_correlation(
    kernel_size: tuple[int, int], lesson: Lesson
) -> None:
    X, K = whole(4, 5), whole(*kernel_size, seed=1)
    assert torch.equal(lesson.module.im2col(X, kernel_size), F.unfold(X[None, None], kernel_size)[0])
    assert torch.equal(lesson.module.corr2d_im2col(X, K), F.conv2d(X[None, None], K[None, None])[0, 0])


@pytest.mark.parametrize("shapes", [((3, 3), (3, 3)), ((1, 2), (4, 3)), ((1, 1), (2, 1)), ((4, 1), (1, 2))])
def test_the_composed_kernel_does_what_the_two_do(
    shapes: tuple[tuple[int, int], tuple[int, int]], lesson: Lesson
) -> None:
    X, (K1, K2) = whole(9, 9), (whole(*shape, seed=seed) for seed, shape in enumerate(shapes))
    corr2d, K = lesson.module.corr2d, lesson.module.compose_kernels(K1, K2)
    assert torch.equal(corr2d(corr2d(X, K1), K2), corr2d(X, K))


def test_a_1x1_layer_mixes_channels_as_conv2d_does(lesson: Lesson) -> None:
    for ci, co in ((1, 1), (3, 2), (2, 5)):
        X, K = whole(ci, 3, 4), whole(co, ci, 1, 1, seed=1)
        assert torch.equal(lesson.module.corr2d_multi_in_out_1x1(X, K), F.conv2d(X[None], K)[0])


def test_the_references_stay_on_their_device_and_in_their_type(lesson: Lesson) -> None:
    module = lesson.module
    for look in ({"device": "meta"}, {"dtype": torch.float64}, {"dtype": torch.float32}):
        X, K, dY = torch.ones(5, 6, **look), torch.ones(2, 3, **look), torch.ones(4, 4, **look)
        answers = [module.corr2d(X, K, (1, 2), (2, 1)), module.pool2d(X, (2, 3)), module.pool2d(X, (2, 3), "avg")]
        answers += [*module.corr2d_backward(X, K, dY), module.im2col(X, (2, 3)), module.corr2d_im2col(X, K)]
        answers += [module.compose_kernels(K, K), module.corr2d_multi_in_out_1x1(X[None], K[0, :2].reshape(2, 1, 1, 1))]
        assert {(answer.device, answer.dtype) for answer in answers} == {(X.device, X.dtype)}


# The figures


def test_figures_have_their_panels(lesson: Lesson) -> None:
    assert [len(titles(figure)) for figure in lesson.figures] == [2, 3, 9 + 2, 4, 3, 3, 7 + 2, 2, 0, 3]


def test_the_row_figure_counts_four_six_and_two_windows(lesson: Lesson) -> None:
    assert [re.findall(r"\d+ windows", title) for title in titles(lesson.figures[1])] == [
        ["4 windows"],
        ["6 windows"],
        ["2 windows"],
    ]


def test_the_walk_shows_the_arithmetic_of_all_four_places(lesson: Lesson) -> None:
    sums = ["0·0 + 0·1 + 0·2 + 0·3 = 0", "0·0 + 0·1 + 1·2 + 2·3 = 8"]
    sums += ["0·0 + 6·1 + 0·2 + 0·3 = 6", "7·0 + 8·1 + 0·2 + 0·3 = 8"]
    assert [title for title in titles(lesson.figures[2]) if "=" in title] == sums


def test_the_way_back_shows_a_corner_an_edge_and_the_middle(lesson: Lesson) -> None:
    sums = ["0·3 + 0·2 + 0·1 + 1·0 = 0", "0·3 + 0·2 + 1·1 + 2·0 = 1", "1·3 + 2·2 + 3·1 + 4·0 = 10"]
    assert [title for title in titles(lesson.figures[6]) if "=" in title] == sums


def test_the_pooling_figure_has_the_maxima_and_averages_its_text_speaks_of(lesson: Lesson) -> None:
    numbers = [float(text) for text in written(lesson.figures[4])]
    assert numbers[16:25] == [9, 9, 2, 9, 9, 1, 2, 3, 3]
    averages = torch.tensor(numbers[25:]).reshape(3, 3)
    assert averages[:2, :2].flatten().tolist() == [2.5, 2.5, 2.75, 2.5]
    assert sorted(averages.flatten().tolist())[:5][-1] == 1


def test_the_im2col_figure_marks_the_same_four_numbers_twice(lesson: Lesson) -> None:
    marked = [patch for patch in lesson.figures[7].axes[0].patches if to_hex(patch.get_edgecolor()) == "#b34700"]
    inside = [
        [text.get_text() for text in lesson.figures[7].axes[0].texts if patch.contains_point(middle(text))]
        for patch in marked
    ]
    assert inside == [["5", "6", "9", "10"]] * 2


def test_the_growing_field_counts_the_ways_to_each_pixel(lesson: Lesson) -> None:
    numbers = [int(text) for text in written(lesson.figures[9])]
    assert numbers[:10] == [1] * 10
    assert numbers[10:] == [m * n for m in (1, 2, 3, 2, 1) for n in (1, 2, 3, 2, 1)]


# Before anything is solved


def test_an_unsolved_notebook_names_each_function_that_is_missing(cells: list[Cell]) -> None:
    printed = "".join(run_cells(cells, solved=frozenset()))
    for name in ("conv_output_size", "corr2d", "corr2d_multi_in_out_1x1", "pool2d", "corr2d_backward", "im2col"):
        assert f"Solve {name} above, then run this cell again.\n" in printed
    assert "Solve compose_kernels above, then run this cell again.\n" in printed
