"""How training goes that has a mistake in it: the misconceptions of the loop, each as a run of its own."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import torch
from torch.nn import functional as F

from autograder.properties.strategies import Case
from autograder.properties.trajectory import Trajectory

# What the lesson trains with, and what code uses that does not look at its own arguments.
LESSON_LR, LESSON_STEPS = 3e-2, 10

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
Zeroed = Literal["each step", "never", "before the loop", "after each step"]


@dataclass(frozen=True)
class TrainingMistake:
    """A mistake of this name, and the run that comes of it. does, advice: as in a Misconception."""

    id: str
    does: str
    advice: str
    run: Callable[[Case], Trajectory]


def squared_error(output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return ((output - target) ** 2).sum()


@dataclass(frozen=True)
class Habits:
    """How somebody trains. The values given here are the right ones.

    optimizer: makes a torch optimizer of parameters and lr. clip: the largest norm of a gradient. lr, steps: used in
    place of the case's own. reports_after: returns the losses after each step, and not before.
    """

    loss: Loss = squared_error
    optimizer: Callable[..., torch.optim.Optimizer] = torch.optim.SGD
    zeroed: Zeroed = "each step"
    clip: float | None = None
    learns_bias: bool = True
    lr: float | None = None
    steps: int | None = None
    fewer_steps: int = 0
    reports_after: bool = False


def train(habits: Habits, case: Case) -> Trajectory:
    """The run that these habits make of a case with W, X, Y, lr, num_steps, and b and stale where there are any."""
    with torch.enable_grad():
        return _train(habits, case)


def _train(habits: Habits, case: Case) -> Trajectory:
    weight = case["W"].clone().requires_grad_()
    bias = case["b"].clone().requires_grad_() if "b" in case else None
    learned = [weight] if bias is None or not habits.learns_bias else [weight, bias]
    if "stale" in case:
        weight.grad = case["stale"].clone()
    optimizer = habits.optimizer(learned, lr=habits.lr or case["lr"])
    losses = []
    if habits.zeroed == "before the loop":
        optimizer.zero_grad()
    for _ in range((habits.steps or case["num_steps"]) - habits.fewer_steps):
        if habits.zeroed == "each step":
            optimizer.zero_grad()
        loss = habits.loss(F.conv2d(case["X"], weight, bias), case["Y"])
        loss.backward()  # type: ignore[no-untyped-call]
        if habits.clip is not None:
            torch.nn.utils.clip_grad_norm_(learned, habits.clip)
        optimizer.step()
        losses.append(loss.item())
        if habits.zeroed == "after each step":
            optimizer.zero_grad()
    losses.append(habits.loss(F.conv2d(case["X"], weight, bias), case["Y"]).item())
    reported = losses[1:] if habits.reports_after else losses[:-1]
    return Trajectory(tuple(reported), weight.detach(), None if bias is None else bias.detach())


class _Ascent(torch.optim.SGD):
    """Goes up the gradient."""

    def __init__(self, parameters: Any, lr: float) -> None:
        super().__init__(parameters, lr=lr, maximize=True)


def _of(**habits: Any) -> Callable[[Case], Trajectory]:
    return partial(train, Habits(**habits))


def _mean_reported(case: Case) -> Trajectory:
    run = train(Habits(), case)
    return replace(run, losses=tuple(loss / case["Y"].numel() for loss in run.losses))


def _on_a_copy(case: Case) -> Trajectory:
    return Trajectory(train(Habits(), case).losses, case["W"], case.get("b"))


def _never_updated(case: Case) -> Trajectory:
    first = train(Habits(), case).losses[0]
    return Trajectory((first,) * case["num_steps"], case["W"], case.get("b"))


def _mean(output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return squared_error(output, target) / target.numel()


def _mean_over_images(output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return squared_error(output, target) / len(target)


def _half(output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return squared_error(output, target) / 2


def _absolute(output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return (output - target).abs().sum()


ZERO = "Zero the gradients before backward(), in every step and the first one too."
SUM = "Sum the squared errors: ((conv2d(X) - Y) ** 2).sum()."

TRAINING: tuple[TrainingMistake, ...] = (
    TrainingMistake(
        "mean_loss", "The mean of the squared errors is taken in place of their sum.", SUM,
        _of(loss=_mean),
    ),
    TrainingMistake(
        "mean_reported", "It trains on the sum of the squared errors and returns their mean.", SUM,
        _mean_reported,
    ),
    TrainingMistake("half_loss", "Half the sum of the squared errors is taken.", SUM, _of(loss=_half)),
    TrainingMistake(
        "mean_over_images", "The loss is divided by the number of images.", SUM,
        _of(loss=_mean_over_images),
    ),
    TrainingMistake("absolute_error", "Absolute errors are summed in place of squared ones.", SUM, _of(loss=_absolute)),
    TrainingMistake(
        "gradients_accumulate", "Gradients pile up: each backward() adds to those of the steps before.", ZERO,
        _of(zeroed="never"),
    ),
    TrainingMistake(
        "gradients_accumulate", "Gradients are zeroed once, before the loop, and pile up in it.", ZERO,
        _of(zeroed="before the loop"),
    ),
    TrainingMistake(
        "stale_gradient_used", "The first step uses a gradient that was left over from before.", ZERO,
        _of(zeroed="after each step"),
    ),
    TrainingMistake(
        "loss_after_update", "The losses are taken after each update, and not before.",
        "Take loss.item() before the weight changes.", _of(reports_after=True),
    ),
    TrainingMistake(
        "on_a_copy", "The training runs on a copy: the layer itself keeps its weight.",
        "Change the parameters of the layer that is passed in.", _on_a_copy,
    ),
    TrainingMistake(
        "never_updated", "The weight never changes: every step starts from the same.",
        "Write the update into the parameter itself: weight -= lr * weight.grad, under torch.no_grad().",
        _never_updated,
    ),
    TrainingMistake(
        "ascent", "The gradient is added: the loss climbs.", "Subtract lr times the gradient.",
        _of(optimizer=_Ascent),
    ),
    TrainingMistake(
        "momentum", "The updates have momentum (0.9).", "Subtract lr times the gradient, and nothing else.",
        _of(optimizer=partial(torch.optim.SGD, momentum=0.9)),
    ),
    TrainingMistake(
        "adam", "Adam makes the updates.", "Subtract lr times the gradient, and nothing else.",
        _of(optimizer=torch.optim.Adam),
    ),
    TrainingMistake(
        "clipped_gradients", "Gradients are clipped to a norm of 1.", "Use the gradients as they are.", _of(clip=1.0)
    ),
    TrainingMistake(
        "bias_not_learned", "The weight is updated and the bias is not.",
        "Update every parameter in conv2d.parameters().", _of(learns_bias=False),
    ),
    TrainingMistake(
        "ignores_lr", f"The learning rate is {LESSON_LR:g}, whatever lr says.", "Use the argument lr.",
        _of(lr=LESSON_LR),
    ),
    TrainingMistake(
        "ignores_num_steps", f"It takes {LESSON_STEPS} steps, whatever num_steps says.", "Use the argument num_steps.",
        _of(steps=LESSON_STEPS),
    ),
    TrainingMistake(
        "one_step_too_many", "It takes one step too many.", "range(num_steps) has num_steps members.",
        _of(fewer_steps=-1),
    ),
    TrainingMistake(
        "one_step_too_few", "It takes one step too few.", "range(1, num_steps) is one short.",
        _of(fewer_steps=1),
    ),
)  # fmt: skip
