"""The closed form of gradient descent agrees with training by autograd, and so do its limits of convergence."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn import functional as F

from autograder.check import LocalAsker
from autograder.probe.steps import Stage
from autograder.properties import Property, Question
from autograder.properties.diagnosis import Diagnosis
from autograder.properties.examples import draw
from autograder.properties.judge import examine
from autograder.properties.training_runs import RELATIVE_TOLERANCE
from autograder.properties.trajectory import runs, trajectory
from autograder.results import CheckResult, CheckStatus

EXAMPLES = settings(max_examples=40, deadline=None)

BANDS = torch.ones(1, 1, 6, 8, dtype=torch.float64)
BANDS[..., 2:6] = 0
EDGES = BANDS[..., :-1] - BANDS[..., 1:]


def trained(W: Tensor, X: Tensor, Y: Tensor, lr: float, steps: int) -> tuple[list[float], Tensor]:
    """Losses before each step, and the last kernel, by autograd and an optimizer of PyTorch's."""
    conv2d = nn.Conv2d(1, 1, tuple(W.shape[-2:]), bias=False, dtype=torch.float64)
    with torch.no_grad():
        conv2d.weight.copy_(W)
    optimizer = torch.optim.SGD(conv2d.parameters(), lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = F.mse_loss(conv2d(X), Y, reduction="sum")
        losses.append(loss.item())
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return losses, conv2d.weight.detach()


@EXAMPLES
@given(runs())
def test_the_closed_form_is_what_training_does(case: dict[str, Any]) -> None:
    run = (case["W"], case["X"], case["Y"], case["lr"], case["num_steps"])
    want = trajectory(*run)
    losses, kernel = trained(*run)
    # A thousandth of what the judge allows: rounding is never near its limit.
    assert losses == pytest.approx(want.losses, rel=0, abs=1e-3 * RELATIVE_TOLERANCE * max(*want.losses, 1e-6))
    assert torch.allclose(kernel, want.kernel, rtol=0, atol=1e-3 * RELATIVE_TOLERANCE)


@EXAMPLES
@given(runs(stale=True))
def test_drawn_runs_converge(case: dict[str, Any]) -> None:
    want = trajectory(case["W"], case["X"], case["Y"], case["lr"], 12)
    assert all(later <= earlier * (1 + 1e-9) + 1e-20 for earlier, later in pairwise(want.losses))
    assert case["stale"].shape == case["W"].shape


def test_drawn_runs_differ_in_what_matters() -> None:
    both = st.one_of(runs(), runs(with_bias=True))
    item = Property("p", "A property.", 1, both, lambda case: (Stage({}, ()),), lambda *_: None)
    cases = draw(item, 0, 300).cases
    assert {case["num_steps"] for case in cases} == {1, 2, 3, 4, 5, 6}
    assert any(case["W"].shape[-2] != case["W"].shape[-1] for case in cases)
    assert any(case["W"].shape == case["X"].shape for case in cases)
    assert {case["X"].shape[0] for case in cases} == {1, 2}
    assert {"b" in case for case in cases} == {True, False}
    limits = [case["lr"] * largest_eigenvalue(case["X"], case["W"], "b" in case) for case in cases]
    assert min(limits) < 0.15
    assert 1.5 < max(limits) < 1.7


def largest_eigenvalue(X: Tensor, W: Tensor, with_bias: bool = False) -> float:
    """Of the Hessian of the summed squared error in the weight, and in the bias if there is one, by autograd."""

    def loss(parameters: Tensor) -> Tensor:
        weight, bias = parameters[:-1].reshape(W.shape), parameters[-1:]
        return (F.conv2d(X, weight, bias if with_bias else None) ** 2).sum()

    hessian = torch.autograd.functional.hessian(loss, torch.zeros(W.numel() + 1, dtype=torch.float64))
    return float(torch.linalg.eigvalsh(hessian)[-1])


def test_the_lessons_image_has_the_eigenvalues_60_and_12() -> None:
    windows = F.unfold(BANDS, (1, 2))[0]
    assert torch.linalg.eigvalsh(2 * windows @ windows.mT).tolist() == pytest.approx([12, 60])
    assert largest_eigenvalue(BANDS, torch.ones(1, 1, 1, 2, dtype=torch.float64)) == pytest.approx(60)


START = torch.tensor([[[[-0.4690, 0.5537]]]], dtype=torch.float64)


@pytest.mark.parametrize(
    ("lr", "converges"), [(1 / 30 - 1e-3, True), (1 / 36, True), (1 / 30 + 1e-3, False), (0.0, False), (-1e-3, False)]
)
def test_training_converges_below_two_over_the_largest_eigenvalue_and_nowhere_else(lr: float, converges: bool) -> None:
    losses = trajectory(START, BANDS, EDGES, lr, 400).losses
    assert (losses[-1] < 1e-6) is converges


def test_two_over_the_sum_of_the_extreme_eigenvalues_is_the_best_learning_rate() -> None:
    best, *others = (
        trajectory(START, BANDS, EDGES, 1 / 36 + step, 30).losses[-1] for step in (0, -4e-3, -2e-3, 2e-3, 4e-3)
    )
    assert min(others) > best


@pytest.mark.parametrize(
    ("start", "losses", "learned"),
    [
        ((-0.4690, 0.5537), (11.296, 1.912, 0.328, 0.058, 0.011), (0.9871, -0.9780)),
        ((-0.6106, 0.0177), (11.863, 2.806, 0.805, 0.272, 0.102), (0.9530, -1.0167)),
        ((-0.4453, 0.1271), (9.103, 1.762, 0.392, 0.105, 0.034), (0.9681, -1.0023)),
        ((-0.1897, -0.2902), (6.645, 1.649, 0.496, 0.173, 0.066), None),
    ],
)
def test_the_runs_that_textbooks_print_are_reproduced(
    start: tuple[float, float], losses: tuple[float, ...], learned: tuple[float, float] | None
) -> None:
    """Printed are the losses of every second step; the starts are rounded to four digits."""
    run = trajectory(torch.tensor([[[start]]], dtype=torch.float64), BANDS, EDGES, 3e-2, 10)
    assert run.losses[1::2] == pytest.approx(losses, abs=6e-4)
    if learned is not None:
        assert run.kernel.flatten().tolist() == pytest.approx(learned, abs=1e-4)


# ------------------------------------------------------------------------------------------------ wrong training

LOOP = """
def train_kernel(conv2d, X, Y, lr=3e-2, num_steps=10):
    losses = []
    for _ in range(num_steps):
        conv2d.zero_grad()
        loss = ((conv2d(X) - Y) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for p in conv2d.parameters():
                p -= lr * p.grad
    return losses
"""
RUNS = {"losses", "kernel", "every_parameter", "stale_gradients", "in_place", "defaults"}
ALL = RUNS | {"pure"}
# For each wrong loop: what is replaced by what, which properties it must lose, and the name that one of them is given.
WRONG: dict[str, tuple[str, str, set[str], str]] = {
    "averaged": ("** 2).sum()", "** 2).mean()", ALL, "mean_loss"),
    "grows": ("conv2d.zero_grad()", "pass", ALL, "gradients_accumulate"),
    "uphill": ("-= lr", "+= lr", ALL, "ascent"),
    "no losses": ("    return losses", "    pass", RUNS - {"kernel"}, "no_return"),
    "a copy": ("    losses = []", "    losses, conv2d = [], copy.deepcopy(conv2d)", RUNS - {"losses"}, "on_a_copy"),
    "one step less": ("range(num_steps)", "range(num_steps - 1)", ALL, "one_step_too_few"),
}
WRONG_IN_ONE_WAY: dict[str, tuple[str, str, str, str]] = {
    "zeroed late": ("        conv2d.zero_grad()\n", "", "stale_gradients", "stale_gradient_used"),
    "the weight alone": (
        "for p in conv2d.parameters():",
        "for p in [conv2d.weight]:",
        "every_parameter",
        "bias_not_learned",
    ),
    "tensors": ("loss.item()", "loss.detach()", "in_place", "returns_tensors"),
    "other parameter": (
        "for p in conv2d.parameters():\n                p -= lr * p.grad",
        "for name, p in list(conv2d.named_parameters()): setattr(conv2d, name, nn.Parameter(p - lr * p.grad))",
        "in_place",
        "parameter_replaced",
    ),
    "other defaults": ("lr=3e-2", "lr=1e-2", "defaults", "other_defaults"),
    "X cleared": ("    return losses", "    X.zero_()\n    return losses", "pure", "changes_its_inputs"),
    "a seed": ("    losses = []", "    losses = []\n    torch.manual_seed(0)", "pure", "changes_global_settings"),
    "default type": (
        "    return losses",
        "    torch.set_default_dtype(torch.float64)\n    return losses",
        "pure",
        "changes_global_settings",
    ),
}
SHRINKING = "-= lr * p.grad", "-= lr * (p.grad + 1e-4 * p)"
# For each wrong loop: what is replaced by what, and all the names that its properties are given.
NAMED: dict[str, tuple[str, str, set[str]]] = {
    "four decimals": ("loss.item()", "round(loss.item(), 4)", {"rounded_losses"}),
    "two decimals": ("loss.item()", "round(loss.item(), 2)", {"rounded_losses"}),
    "a little weight decay": (*SHRINKING, {""}),
    "the last loss dropped": ("return losses", "return losses[:-1]", {"losses_missing"}),
    "losses in float32": ("loss.item()", "loss.float().item()", {""}),
    "all in float32": ("    losses = []", "    losses, X, Y = [], X.float(), Y.float(); conv2d.float()",
                       {"single_precision"}),
    "stops after three": ("range(num_steps)", "range(min(num_steps, 3))", {"stops_early"}),
    "another rate and a loss dropped": ("lr=3e-2, num_steps=10):\n    losses = []",
                                        "lr=1e-2, num_steps=10):\n    losses = []\n    num_steps -= num_steps == 10",
                                        {"other_defaults"}),
}  # fmt: skip


@pytest.fixture
def verdicts(judge: Callable[..., CheckResult]) -> Callable[[str], dict[str, CheckResult]]:
    """The verdict on a loop by each property's id."""
    return lambda source: {id: judge("train_kernel", id, f"import copy\n{source}", examples=12) for id in sorted(ALL)}


Verdicts = Callable[[str], dict[str, CheckResult]]


def test_the_plain_loop_has_every_property(verdicts: Verdicts, questions: Mapping[str, Question]) -> None:
    assert {item.id for item in questions["train_kernel"].properties} == ALL
    assert {check.status for check in verdicts(LOOP).values()} == {CheckStatus.PASSED}


def test_a_loop_that_draws_random_numbers_and_sets_no_seed_has_every_property(verdicts: Verdicts) -> None:
    found = verdicts(LOOP.replace("    losses = []", "    losses = []\n    torch.rand(3)"))
    assert {check.status for check in found.values()} == {CheckStatus.PASSED}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_loop_loses_what_is_wrong_with_it(name: str, verdicts: Verdicts) -> None:
    old, new, lost, said = WRONG[name]
    assert old in LOOP
    found = verdicts(LOOP.replace(old, new))
    assert {id for id, check in found.items() if check.status is CheckStatus.FAILED} == lost
    assert said in {check.misconception for check in found.values()}


@pytest.mark.parametrize("name", WRONG_IN_ONE_WAY)
def test_a_loop_that_is_wrong_in_one_way_loses_that_property_alone(name: str, verdicts: Verdicts) -> None:
    old, new, lost, said = WRONG_IN_ONE_WAY[name]
    assert old in LOOP
    source = LOOP.replace(old, new)
    if name == "zeroed late":
        source = source.replace("p.grad\n", "p.grad\n        conv2d.zero_grad()\n")
    found = verdicts(source)
    assert {id for id, check in found.items() if check.status is CheckStatus.FAILED} == {lost}
    assert found[lost].misconception == said


@pytest.fixture(scope="module")
def diagnoses(questions: Mapping[str, Question]) -> Callable[[str], list[Diagnosis]]:
    """What is said of a loop in each property that it loses; no smallest example is looked for."""
    question = questions["train_kernel"]
    drawn = [draw(item, 0, 12) for item in question.properties]

    def said(source: str) -> list[Diagnosis]:
        namespace: dict[str, Any] = {"torch": torch}
        exec(source, namespace)
        examined = [examine(question, one, LocalAsker(namespace)) for one in drawn]
        return [one.diagnosis() for one in examined if not one.holds]

    return said


@pytest.mark.parametrize("name", NAMED)
def test_a_wrong_loop_gets_no_name_but_its_own(name: str, diagnoses: Callable[[str], list[Diagnosis]]) -> None:
    old, new, names = NAMED[name]
    assert old in LOOP
    assert {one.misconception for one in diagnoses(LOOP.replace(old, new))} == names


def test_the_number_of_decimals_is_told(diagnoses: Callable[[str], list[Diagnosis]]) -> None:
    found = diagnoses(LOOP.replace("loss.item()", "round(loss.item(), 4)"))
    assert {one.does for one in found} == {"The losses are rounded to four decimals."}


@given(st.integers(1, 5), st.integers(1, 5))
@EXAMPLES
def test_the_kernel_and_the_losses_have_the_shapes_that_are_asked_for(height: int, width: int) -> None:
    W = torch.zeros(1, 1, height, width, dtype=torch.float64)
    run = trajectory(W, torch.ones(1, 1, 5, 5).double(), torch.zeros(1, 1, 6 - height, 6 - width).double(), 0.1, 3)
    assert run.kernel.shape == W.shape
    assert run.losses == (0, 0, 0)
