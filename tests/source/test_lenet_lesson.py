"""The lesson in source/lenet: its questions, its numbers and its figures."""

import math
import re

import pytest
import torch
from lessons import Cell, Lesson, definitions, points_in_headings, run_cells, titles, written
from matplotlib.patches import Rectangle
from torch import Tensor, nn
from torch.nn import functional as F

LESSON = "lenet"

DEFINES = {
    "lenet": {"LeNet": "(side=28, channels=(6, 16))"},
    "train_epoch": {"train_epoch": "(model, X, y, optimizer, batch_size)"},
    "accuracy": {"accuracy": "(model, X, y)"},
    "feature_maps": {"feature_maps": "(model, X)"},
    "result": {"train_digits": "(X, y)"},
}


def prose(cells: list[Cell]) -> str:
    return " ".join(" ".join(cell.source.split()) for cell in cells if cell.kind == "markdown")


def number_after(words: str, printed: str) -> float:
    found = re.search(re.escape(words) + r"\s*(-?\d[\d.e-]*)", printed)
    assert found is not None, words
    return float(found[1])


# The cells


def test_the_five_questions_ask_for_these_names_in_this_order(cells: list[Cell], lesson: Lesson) -> None:
    assert list(definitions(cells, lesson).items()) == list(DEFINES.items())


def test_the_points_in_the_headings_add_up_to_twenty(cells: list[Cell]) -> None:
    assert points_in_headings(cells) == [6, 6, 3, 2, 3]
    assert sum(points_in_headings(cells)) == 20


# The numbers


@pytest.mark.parametrize(
    "expected",
    [
        "conv1  weight (6, 1, 5, 5)     parameters    156\n",
        "conv2  weight (16, 6, 5, 5)    parameters  2,416\n",
        "fc1    weight (120, 400)       parameters 48,120\n",
        "fc2    weight (84, 120)        parameters 10,164\n",
        "fc3    weight (10, 84)         parameters    850\n",
        "together 61,706\noutput of three images (3, 10)\n",
        "to train on (1437, 1, 16, 16) (1437,)   held out (360, 1, 16, 16) (360,)",
        "probabilities [0.665, 0.245, 0.09]\n",
        "label 0: loss 0.408\nlabel 1: loss 1.408\nlabel 2: loss 2.408\nten equal scores: loss 2.303\n",
        "parameters 22,238\n",
        "trained on 32 digits: of those 1.000 right",
        "first (1, 8, 16, 16)  second (1, 16, 4, 4)",
    ],
)
def test_the_lesson_prints_the_numbers_its_prose_speaks_of(expected: str, lesson: Lesson) -> None:
    assert expected in lesson.printed


def test_the_shares_of_the_parameters_in_the_prose_are_right(lesson: Lesson) -> None:
    network = lesson.module.LeNet()
    count = {name: sum(p.numel() for p in layer.parameters()) for name, layer in network.named_children()}
    assert round(100 * (count["conv1"] + count["conv2"]) / 61_706) == 4
    assert round(100 * count["fc1"] / 61_706) == 78
    assert 4704 * 784 + 4704 == 3_692_640


def test_the_shapes_walked_by_hand_are_right(cells: list[Cell], lesson: Lesson) -> None:
    network, x = lesson.module.LeNet(), torch.zeros(1, 1, 28, 28)
    first, second = lesson.module.feature_maps(network, x)
    shapes = [x, first, F.max_pool2d(first, 2), second, F.max_pool2d(second, 2), F.max_pool2d(second, 2).flatten(1)]
    walk = next(cell.source for cell in cells if "**The walk by hand.**" in cell.source)
    in_the_table = re.findall(r"^\|.*`\(([\d, ]+)\)` \|$", walk, re.MULTILINE)
    assert in_the_table[:6] == [str(tuple(maps.shape[1:]))[1:-1] for maps in shapes]
    assert in_the_table[6:] == ["120,", "84,", "10,"]


def test_the_sides_of_fourteen_and_sixteen_are_those_in_the_prose(lesson: Lesson) -> None:
    for side, last in ((14, 1), (16, 2)):
        first, second = lesson.module.feature_maps(lesson.module.LeNet(side), torch.zeros(1, 1, side, side))
        pooled = F.max_pool2d(first, 2)
        assert [maps.shape[-1] for maps in (first, pooled, second)] == [side, side // 2, side // 2 - 4]
        assert F.max_pool2d(second, 2).shape[-1] == last


def test_a_pixel_of_the_second_maps_sees_fourteen_pixels_across(lesson: Lesson) -> None:
    network = lesson.module.figures.variant(nn.Identity, nn.AvgPool2d).double()
    for parameter in network.parameters():
        nn.init.ones_(parameter)
    x = torch.zeros(1, 1, 16, 16, dtype=torch.float64, requires_grad=True)
    network[:4](x)[0, 0, 1, 1].backward()
    assert x.grad is not None
    assert int(x.grad[0, 0].any(dim=0).sum()) == 14


def test_the_cross_entropy_done_by_hand_is_right() -> None:
    total = sum(math.exp(score) for score in (2, 1, 0))
    assert round(total, 3) == 11.107
    assert round(-math.log(math.exp(2) / total), 3) == 0.408


def test_an_epoch_has_twenty_three_steps_and_the_last_batch_twenty_nine_images(lesson: Lesson) -> None:
    sizes = [len(batch) for batch in lesson.module.X_train.split(64)]
    assert (len(sizes), sizes[-1]) == (23, 29)


def test_the_accuracy_done_by_hand_is_right(lesson: Lesson) -> None:
    X, y = torch.tensor([[0.1, 2, -1], [3, 0, 1], [-2, -1, -3]]), torch.tensor([1, 2, 1])
    assert lesson.module.accuracy(nn.Identity(), X, y) == pytest.approx(2 / 3)


def test_the_digits_are_split_as_the_questions_split_them(lesson: Lesson) -> None:
    module = lesson.module
    assert module.order.sort().values.tolist() == list(range(1797))
    assert module.order[:5].tolist() == torch.randperm(1797, generator=torch.Generator().manual_seed(0))[:5].tolist()
    assert (float(module.X_train.min()), float(module.X_train.max())) == (0, 1)
    assert torch.equal(module.X_train[..., ::2, ::2], module.X_train[..., 1::2, 1::2])


def test_learning_by_heart_begins_at_equal_scores_and_ends_at_nearly_no_loss(lesson: Lesson) -> None:
    assert number_after("loss in epoch 1:", lesson.printed) == pytest.approx(math.log(10), abs=0.1)
    assert number_after(" 60:", lesson.printed) < 0.01


def test_what_was_learned_by_heart_helps_with_other_digits_and_no_training_does_not(lesson: Lesson) -> None:
    """The prose says seven to eight in ten, and one in ten."""
    assert 0.65 < number_after("of the held-out ones", lesson.printed) < 0.85
    assert number_after("not trained: of the held-out ones", lesson.printed) < 0.2


def test_sigmoids_and_averages_stay_at_chance_and_the_others_learn(lesson: Lesson) -> None:
    lines = [line for line in lesson.printed.splitlines() if "gradient at the start" in line]
    loss, accuracy = ([number_after(word, line) for line in lines] for word in ("loss", "accuracy"))
    assert loss[0] == pytest.approx(math.log(10), abs=0.05)
    assert accuracy[0] < 0.15
    assert accuracy[1] > 0.8
    assert accuracy[2] > 0.3
    assert number_after("in fc3", lines[0]) > 1000 * number_after("in conv1", lines[0])


def test_the_trained_network_reads_what_the_question_asks_for_with_room_to_spare(
    cells: list[Cell], lesson: Lesson
) -> None:
    assert "at least 90 %" in prose(cells)
    for epochs in (10, 20):
        line = lesson.printed.split(f"accuracy after {epochs} epochs: ")[1]
        assert number_after("trained on", line) > 0.93
        assert number_after("held out", line) > 0.92
    assert int(lesson.module.confusion.sum()) == 360


# The reference


def rows(n: int, classes: int = 3) -> tuple[nn.Module, Tensor, Tensor]:
    """A model with a row of weights for each of n examples, their numbers, and their labels."""
    torch.manual_seed(0)
    return nn.Embedding(n, classes, dtype=torch.float64), torch.arange(n), torch.arange(n) % classes


@pytest.mark.parametrize("batch_size", [1, 2, 3, 5, 8])
def test_an_epoch_uses_every_example_once_and_returns_the_mean_over_all(batch_size: int, lesson: Lesson) -> None:
    model, X, y = rows(5)
    before = F.cross_entropy(model(X), y).item()
    weight = model.weight.detach().clone()
    loss = lesson.module.train_epoch(model, X, y, torch.optim.SGD(model.parameters(), lr=1), batch_size)
    assert loss == pytest.approx(before)
    steps = (model.weight.detach() - weight) / (weight.softmax(1) - F.one_hot(y, 3))
    sizes = sorted(round(-1 / float(step)) for step in steps.mean(dim=1))
    assert sizes == sorted(len(batch) for batch in X.split(batch_size) for _ in batch)


def test_an_epoch_trains_in_training_mode_and_the_accuracy_is_that_of_evaluation(lesson: Lesson) -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.BatchNorm1d(3), nn.Dropout(0.9), nn.Linear(3, 3)).double().eval()
    X, y = torch.rand(6, 3, dtype=torch.float64), torch.tensor([0, 1, 2, 0, 1, 2])
    lesson.module.train_epoch(model, X, y, torch.optim.SGD(model.parameters(), lr=0.1), batch_size=6)
    assert model[0].running_mean.any()
    for mode in (True, False):
        model.train(mode)
        share = lesson.module.accuracy(model, X, y)
        assert {part.training for part in model.modules()} == {mode}
        assert share == pytest.approx((model.eval()(X).argmax(dim=1) == y).double().mean().item())
        assert type(share) is float


@pytest.mark.parametrize("side", [12, 14, 16, 28])
@pytest.mark.parametrize("channels", [(1, 1), (6, 16), (3, 2)])
def test_the_network_is_of_any_side_and_channels(side: int, channels: tuple[int, int], lesson: Lesson) -> None:
    network = lesson.module.LeNet(side, channels).double()
    X = torch.rand(2, 1, side, side, dtype=torch.float64)
    first, second = lesson.module.feature_maps(network, X)
    assert first.shape == (2, channels[0], side, side)
    assert second.shape == (2, channels[1], side // 2 - 4, side // 2 - 4)
    assert not first.requires_grad
    assert not second.requires_grad
    hidden = F.relu(network.fc2(F.relu(network.fc1(F.max_pool2d(second, 2).flatten(1)))))
    torch.testing.assert_close(network(X), network.fc3(hidden))


# The figures


def test_figures_have_their_panels(lesson: Lesson) -> None:
    assert [len(titles(figure)) for figure in lesson.figures] == [8, 2, 20, 0, 25, 0, 2 + 1, 10, 25]


def test_the_walk_figure_names_the_shapes(lesson: Lesson) -> None:
    shapes = ["1 × 28×28", "6 × 28×28", "6 × 14×14", "16 × 10×10", "16 × 5×5", "120", "84", "10"]
    assert titles(lesson.figures[0]) == shapes
    blocks = [patch for patch in lesson.figures[0].axes[0].patches if isinstance(patch, Rectangle)]
    assert len(blocks) == 1 + 6 + 6 + 16 + 16 + 3


def test_the_doubled_digit_shows_its_numbers(lesson: Lesson) -> None:
    expected = [f"{number:g}" for number in (lesson.module.X_train[0, 0, ::2, ::2] * 16).flatten().tolist()]
    assert written(lesson.figures[1]) == expected


def test_the_confusion_matrix_counts_every_digit_and_frames_what_is_off_the_diagonal(lesson: Lesson) -> None:
    confusion = lesson.module.confusion
    counts = [int(text) for text in written(lesson.figures[6])[:-20]]
    assert counts == [n for n in confusion.flatten().tolist() if n]
    framed = [patch for patch in lesson.figures[6].axes[0].patches if patch.get_linewidth() > 2]
    assert len(framed) == int((confusion > 0).sum()) - int((confusion.diagonal() > 0).sum())


def test_the_misread_digits_are_misread(lesson: Lesson) -> None:
    for title in titles(lesson.figures[7]):
        found = re.fullmatch(r"(\d) read as (\d): \d+%", title)
        assert found is not None
        assert found[1] != found[2]


def test_the_digit_of_the_feature_maps_is_a_two(lesson: Lesson) -> None:
    assert int(lesson.module.y_test[0]) == 2
    assert titles(lesson.figures[8])[0] == "image"


# Before anything is solved


def test_an_unsolved_notebook_names_each_function_that_is_missing(cells: list[Cell]) -> None:
    nothing, network_only = ("".join(run_cells(cells, frozenset(solved))) for solved in ((), ("lenet",)))
    for name in ("LeNet", "accuracy", "train_digits"):
        assert f"Solve {name} above, then run this cell again.\n" in nothing
    for name in ("train_epoch", "feature_maps"):
        assert f"Solve {name} above, then run this cell again.\n" in network_only
