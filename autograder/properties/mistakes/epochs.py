"""What wrong code does in one pass over the data: to rows of weights of which each belongs to one example alone."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import torch
from torch.nn import functional as F

from autograder.properties.strategies import Case

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
Rows = tuple[torch.Tensor, ...]
summed = partial(F.cross_entropy, reduction="sum")


def softmax_twice(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return summed(logits.softmax(1), labels)


def probability_of_others(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """The negative log-likelihood of what are no logarithms."""
    return F.nll_loss(logits.softmax(1), labels, reduction="sum")


def logits_as_likelihoods(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return F.nll_loss(logits, labels, reduction="sum")


def squared_error(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return F.mse_loss(logits, F.one_hot(labels, logits.shape[1]).to(logits.dtype), reduction="sum") / logits.shape[1]


def _sizes(case: Case) -> set[int]:
    """How many examples a batch may have."""
    return {case["batch_size"], last_size(case)}


def last_size(case: Case) -> int:
    """How many examples are in the last batch."""
    return len(case["y"]) % case["batch_size"] or int(case["batch_size"])


def gradient(logits: torch.Tensor, labels: torch.Tensor, loss: Loss = summed) -> torch.Tensor:
    """Of the loss of each row of logits, (n, k)."""
    leaf = logits.detach().clone().requires_grad_()
    with torch.enable_grad():
        (pulled,) = torch.autograd.grad(loss(leaf, labels), [leaf])
    return pulled


def step(case: Case, size: float, loss: Loss = summed, weights: torch.Tensor | None = None) -> torch.Tensor:
    """The rows after one update, had each been in a batch of ``size``."""
    before: torch.Tensor = case["W"] if weights is None else weights
    return before - case["lr"] / size * gradient(before, case["y"], loss)


def right_rows(case: Case, loss: Loss = summed) -> Rows:
    """The rows after an epoch: in a batch of full size, and in the last one."""
    return tuple(step(case, size, loss) for size in sorted(_sizes(case), reverse=True))


@dataclass(frozen=True)
class EpochMistake:
    """A mistake of this name, and what a row may be after it. does, advice: as in a Misconception."""

    id: str
    does: str
    advice: str
    rows: Callable[[Case], Rows]


def _of_loss(loss: Loss) -> Callable[[Case], Rows]:
    return lambda case: right_rows(case, loss)


def _last_dropped(case: Case) -> Rows:
    return (case["W"], step(case, case["batch_size"]))


def _drawn_with_replacement(case: Case) -> Rows:
    """Rows that were drawn never, once, twice or three times."""
    rows = [latest := [case["W"]]]
    for _ in range(3):
        rows.append(latest := [step(case, size, weights=one) for one in latest for size in _sizes(case)])
    return tuple(one for some in rows for one in some)


def _accumulated(case: Case) -> Rows:
    batches = -(-len(case["y"]) // case["batch_size"])
    return tuple(case["W"] + times * (one - case["W"]) for one in right_rows(case) for times in range(1, batches + 1))


def _stale(case: Case) -> Rows:
    if "stale" not in case:
        return right_rows(case)
    moved = case["W"] - case["lr"] * case["stale"]
    first = tuple(one - case["lr"] * case["stale"] for one in right_rows(case))
    return (*first, *(step(case, size, weights=moved) for size in _sizes(case)))


def _stale_and_accumulated(case: Case) -> Rows:
    """Gradients are never zeroed: the old one acts in each batch, and a row's own in those after it."""
    if "stale" not in case:
        return _accumulated(case)
    batches = -(-len(case["y"]) // case["batch_size"])
    old = case["lr"] * case["stale"]
    rows = []
    for before in range(batches):
        seen = case["W"] - before * old
        for size in _sizes(case):
            own = seen - step(case, size, weights=seen)
            rows.append(case["W"] - batches * old - (batches - before) * own)
    return tuple(rows)


def _other_labels(case: Case) -> Rows:
    others = [{**case, "y": torch.full_like(case["y"], label)} for label in range(case["W"].shape[1])]
    return tuple(row for other in others for row in right_rows(other))


def _epochs(case: Case) -> Rows:
    sizes = _sizes(case)
    return tuple(step(case, size, weights=step(case, first)) for first in sizes for size in sizes)


ZERO = "Zero the gradients before backward(), for every batch and the first one too."
MEAN = "F.cross_entropy(model(X[batch]), y[batch]) is the mean over the batch: call backward() on it as it is."
EVERY = "range(0, len(X), batch_size) starts every batch, the last and smaller one too."
LOGITS = "Give F.cross_entropy the model's output as it is: it takes the softmax itself."
TOGETHER = "Index X and y with the same numbers."

EPOCHS = (
    EpochMistake("never_updated", "No weight changes.", "Call backward() and optimizer.step() for each batch.",
                 lambda case: (case["W"],)),
    EpochMistake("last_batch_dropped", "The last, smaller batch is left out.", EVERY, _last_dropped),
    EpochMistake("summed_loss", "The loss of a batch is summed, and not averaged, or each image is a batch of its own.",
                 MEAN, lambda case: (step(case, 1),)),
    EpochMistake("divided_by_all", "The loss of a batch is divided by the number of all images, or all are one batch.",
                 MEAN, lambda case: (step(case, len(case["y"])),)),
    EpochMistake("divided_by_batch_size", "The last, smaller batch is divided by batch_size, and not by its own size.",
                 MEAN, lambda case: (step(case, case["batch_size"]),)),
    EpochMistake("gradients_accumulate", "Gradients pile up: each backward() adds to those of the batches before.",
                 ZERO, _stale_and_accumulated),
    EpochMistake("gradients_accumulate", "Gradients are zeroed once, and pile up from batch to batch.", ZERO,
                 _accumulated),
    EpochMistake("stale_gradient_used", "The first batch uses a gradient that was left over from before.", ZERO,
                 _stale),
    EpochMistake("softmax_twice", "A softmax is taken before the cross-entropy, which takes one itself.", LOGITS,
                 _of_loss(softmax_twice)),
    EpochMistake("nll_of_logits", "The negative log-likelihood is taken of logits, which are no log-probabilities.",
                 LOGITS, _of_loss(logits_as_likelihoods)),
    EpochMistake("nll_of_probabilities", "The negative log-likelihood is taken of probabilities, not of logarithms.",
                 LOGITS, _of_loss(probability_of_others)),
    EpochMistake("squared_error", "The squared error is taken in place of the cross-entropy.", LOGITS,
                 _of_loss(squared_error)),
    EpochMistake("ascent", "The loss climbs: the gradient's sign is turned round.",
                 "Call backward() on the loss itself.", _of_loss(lambda logits, labels: -summed(logits, labels))),
    EpochMistake("two_epochs", "Every image is used twice.", "One call is one pass over the data.", _epochs),
    EpochMistake("drawn_with_replacement", "Some images are used more than once, and others not at all.",
                 "Take a permutation of all images: torch.randperm(len(X)).", _drawn_with_replacement),
    EpochMistake("labels_of_others", "Images are trained with the labels of others.", TOGETHER, _other_labels),
)  # fmt: skip
