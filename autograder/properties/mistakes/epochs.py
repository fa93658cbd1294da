"""What wrong code does in one pass over the data, where it can be told whatever order the examples come in.

Of two kinds of data: examples that have a row of weights each, for themselves alone, and one example time and again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import torch
from torch.nn import functional as F

from autograder.properties.strategies import Case

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
Factor = Callable[[int, Case], float]
Rows = Sequence[torch.Tensor]
summed: Loss = partial(F.cross_entropy, reduction="sum")


def softmax_twice(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return summed(logits.softmax(1), labels)


def nll_of_probabilities(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return F.nll_loss(logits.softmax(1), labels, reduction="sum")


def nll_of_logits(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return F.nll_loss(logits, labels, reduction="sum")


def smoothed(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return F.cross_entropy(logits, labels, reduction="sum", label_smoothing=0.1)


def squared_error(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return F.mse_loss(logits, F.one_hot(labels, logits.shape[1]).to(logits.dtype), reduction="sum") / logits.shape[1]


def last_size(case: Case) -> int:
    """How many examples are in the last batch."""
    return len(case["y"]) % case["batch_size"] or int(case["batch_size"])


def batches(case: Case) -> list[int]:
    """How many examples are in each batch."""
    full: int = (len(case["y"]) - last_size(case)) // case["batch_size"]
    return [case["batch_size"]] * full + [last_size(case)]


def _one_by_its_size(size: int, case: Case) -> float:
    """What the summed gradient of a batch is multiplied by to be that of its mean loss."""
    return 1 / size


def gradient(logits: torch.Tensor, labels: torch.Tensor, loss: Loss = summed) -> torch.Tensor:
    """Of the loss, summed over the rows of logits, (n, k)."""
    leaf = logits.detach().clone().requires_grad_()
    with torch.enable_grad():
        (pulled,) = torch.autograd.grad(loss(leaf, labels), [leaf])
    return pulled


def step(
    case: Case,
    size: int,
    loss: Loss = summed,
    factor: Factor = _one_by_its_size,
    before: torch.Tensor | None = None,
) -> torch.Tensor:
    """The rows after one update, had each been in a batch of ``size``."""
    rows: torch.Tensor = case["W"] if before is None else before
    rate: float = case["lr"] * factor(size, case)
    return rows - rate * gradient(rows, case["y"], loss)


def each_once(case: Case, loss: Loss = summed, factor: Factor = _one_by_its_size) -> Rows:
    """The rows after an epoch: in a batch of full size, and in the last one where that is smaller."""
    return [step(case, size, loss, factor) for size in sorted(_sizes(case), reverse=True)]


def _sizes(case: Case) -> set[int]:
    return {case["batch_size"], last_size(case)}


def descended(
    case: Case,
    sizes: Iterable[int],
    loss: Loss = summed,
    factor: Factor = _one_by_its_size,
    zeroed: bool = True,
) -> torch.Tensor:
    """The one row that all examples share, after batches of these sizes. zeroed: gradients do not pile up."""
    row: torch.Tensor = case["W"]
    total = torch.zeros_like(row)
    for size in sizes:
        own = size * factor(size, case) * gradient(row, case["y"][:1], loss)
        total = own if zeroed else total + own
        row = row - case["lr"] * total
    return row


@dataclass(frozen=True)
class EpochMistake:
    """A mistake of this name, and what it may lead to. does, advice: as in a Misconception.

    rows: what an example's own row may be then. shared: what the row may be that all examples share. unused: how many
    examples take part in no update, where that is known. by_value: as in a Misconception.
    """

    id: str
    does: str
    advice: str
    rows: Callable[[Case], Rows]
    shared: Callable[[Case], Rows]
    unused: Callable[[Case], int] | None = None
    by_value: bool = False


def _other_update(
    id: str, does: str, advice: str, loss: Loss = summed, factor: Factor = _one_by_its_size
) -> EpochMistake:
    """Every batch once, and each with another loss, or with the gradient multiplied by another factor."""
    return EpochMistake(
        id,
        does,
        advice,
        lambda case: each_once(case, loss, factor),
        lambda case: [descended(case, batches(case), loss, factor)],
        by_value=True,
    )


def _times(case: Case, most: int) -> Rows:
    """Rows that were drawn once for each of 1 to ``most`` updates."""
    rows: list[torch.Tensor] = []
    latest: Rows = [case["W"]]
    for _ in range(most):
        latest = [step(case, size, before=one) for one in latest for size in _sizes(case)]
        rows += latest
    return rows


def _multiples(case: Case) -> Rows:
    """One gradient of each row, in as many updates as there are batches, or in fewer."""
    once = each_once(case)
    return [case["W"] + times * (one - case["W"]) for one in once for times in range(1, len(batches(case)) + 1)]


def _stale_at_first(case: Case) -> Rows:
    if "stale" not in case:
        return each_once(case)
    old = case["lr"] * case["stale"]
    return [
        *(one - old for one in each_once(case)),
        *(step(case, size, before=case["W"] - old) for size in _sizes(case)),
    ]


def _never_zeroed(case: Case) -> Rows:
    """An old gradient acts in each batch, and a row's own in those after it."""
    if "stale" not in case:
        return _multiples(case)
    count, old = len(batches(case)), case["lr"] * case["stale"]
    rows = []
    for earlier in range(count):
        seen = case["W"] - earlier * old
        for size in _sizes(case):
            own = seen - step(case, size, before=seen)
            rows.append(case["W"] - count * old - (count - earlier) * own)
    return rows


def _with_any_label(case: Case) -> Rows:
    others = [{**case, "y": torch.full_like(case["y"], label)} for label in range(case["W"].shape[1])]
    return [row for other in others for row in each_once(other)]


def _right(case: Case) -> Rows:
    return [descended(case, batches(case))]


def _piled_up(case: Case) -> Rows:
    return [descended(case, batches(case), zeroed=False)]


def _twice_each(case: Case) -> Rows:
    return [descended(case, batches(case), factor=lambda size, case: 2 / size)]


def _some(case: Case) -> Rows:
    return [descended(case, batches(case)[:count]) for count in range(len(batches(case)) + 1)]


ZERO = "Zero the gradients before backward(), for every batch and the first one too."
MEAN = "F.cross_entropy(model(X[batch]), y[batch]) is the mean over the batch: call backward() on it as it is."
EVERY = "range(0, len(X), batch_size) starts every batch, the last and smaller one too."
LOGITS = "Give F.cross_entropy the model's output as it is: it takes the softmax itself."
UPDATE = "For each batch: optimizer.zero_grad(), loss.backward(), optimizer.step()."

# The more particular ones first.
EPOCHS = (
    EpochMistake(
        "never_updated", "No weight changes.", UPDATE, lambda case: [case["W"]], lambda case: [case["W"]],
    ),
    _other_update(
        "summed_loss", "The loss of a batch is summed, and not averaged.", MEAN, factor=lambda size, case: 1.0,
    ),
    EpochMistake(
        "single_images", "Each image is a batch of its own.", "Take batch_size images at a time.",
        lambda case: [step(case, 1)], lambda case: [descended(case, [1] * len(case["y"]))], by_value=True,
    ),
    _other_update(
        "divided_by_batch_size", "The last, smaller batch is divided by batch_size, and not by its own size.", MEAN,
        factor=lambda size, case: 1 / case["batch_size"],
    ),
    EpochMistake(
        "one_batch_of_all", "All images are one batch, whatever batch_size says.", "Take batch_size images at a time.",
        lambda case: [step(case, len(case["y"]))], lambda case: [descended(case, [len(case["y"])])],
        by_value=True,
    ),
    _other_update(
        "divided_by_all", "The loss of a batch is divided by the number of all images.", MEAN,
        factor=lambda size, case: 1 / len(case["y"]),
    ),
    _other_update(
        "softmax_twice", "A softmax is taken before the cross-entropy, which takes one itself.", LOGITS, softmax_twice,
    ),
    _other_update(
        "nll_of_logits", "The negative log-likelihood is taken of logits, which are no log-probabilities.", LOGITS,
        nll_of_logits,
    ),
    _other_update(
        "nll_of_probabilities", "The negative log-likelihood is taken of probabilities, not of their logarithms.",
        LOGITS, nll_of_probabilities,
    ),
    _other_update(
        "squared_error", "The squared error is taken in place of the cross-entropy.", LOGITS, squared_error,
    ),
    _other_update(
        "label_smoothing", "The cross-entropy is of smoothed labels.", "F.cross_entropy needs the labels and no more.",
        smoothed,
    ),
    _other_update(
        "ascent", "The loss climbs: the gradient's sign is turned round.", "Call backward() on the loss itself.",
        factor=lambda size, case: -1 / size,
    ),
    EpochMistake(
        "one_step_at_the_end", "The gradients of all batches are added up, and make one step at the end.", UPDATE,
        each_once, lambda case: [case["W"] + len(batches(case)) * (descended(case, [1]) - case["W"])],
    ),
    EpochMistake(
        "stale_gradient_used", "The first batch uses a gradient that was left over from before.", ZERO,
        _stale_at_first, _right,
    ),
    EpochMistake(
        "two_steps", "Each batch takes two steps with one gradient.", UPDATE,
        lambda case: [2 * one - case["W"] for one in each_once(case)], _twice_each,
    ),
    EpochMistake(
        "gradients_accumulate", "Gradients are zeroed once, and pile up from batch to batch.", ZERO, _multiples,
        _piled_up, by_value=True,
    ),
    EpochMistake(
        "gradients_accumulate", "Gradients pile up: each backward() adds to those of the batches before.", ZERO,
        _never_zeroed, _piled_up, by_value=True,
    ),
    EpochMistake(
        "two_epochs", "Every image is used twice.", "One call is one pass over the data.",
        lambda case: _times(case, 2)[len(_sizes(case)) :],
        lambda case: [descended(case, batches(case) * 2), descended(case, sorted(batches(case) * 2))],
    ),
    EpochMistake(
        "last_batch_dropped", "The last, smaller batch is left out.", EVERY,
        lambda case: [case["W"], step(case, case["batch_size"])],
        lambda case: [descended(case, [size for size in batches(case) if size == case["batch_size"]])],
        unused=lambda case: last_size(case) % case["batch_size"],
    ),
    EpochMistake(
        "images_left_out", "Some images take part in no update.", EVERY,
        lambda case: [case["W"], *each_once(case)], _some,
    ),
    EpochMistake(
        "drawn_with_replacement", "Some images are used more than once, and others not at all.",
        "Take a permutation of all images: torch.randperm(len(X)).",
        lambda case: [case["W"], *_times(case, len(batches(case)))], _right,
    ),
    EpochMistake(
        "labels_of_others", "Images are trained with the labels of others.", "Index X and y with the same numbers.",
        _with_any_label, _right,
    ),
)  # fmt: skip
