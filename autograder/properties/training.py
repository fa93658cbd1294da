"""Properties of a gradient-descent loop on a convolutional layer, judged by the closed form of its trajectory."""

import math
from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from autograder.probe.answers import Answers
from autograder.properties.mistakes.training import TRAINING
from autograder.properties.no_trace import traces, verify_no_trace
from autograder.properties.property import Misconception, Property, TensorWanted, Wrong, holds, judged_by, value_of
from autograder.properties.strategies import Case
from autograder.properties.training_diagnosis import held_right, picture, seen_in_losses
from autograder.properties.training_runs import (
    Run,
    number,
    programme,
    two_runs,
    verify_in_place,
    verify_kernel,
    verify_losses,
    verify_run,
    wanted,
    written,
)
from autograder.properties.trajectory import runs, trajectory

DATA = ("X", "Y")
Verify = Callable[[Case, Answers, Run], None]


def _property(
    name: str,
    id: str,
    sentence: str,
    points: float,
    verify: Verify,
    cause: str = "",
    examples: int = 40,
    stale: bool = False,
    with_bias: bool = False,
) -> Property:
    """A property of training runs. ``verify``: raises Wrong unless the answers are those of a run."""
    judge = judged_by(lambda case, answers: verify(case, answers, wanted), lambda case: written(name, case))
    return Property(
        id,
        sentence,
        points,
        runs(stale, with_bias),
        lambda case: programme(name, case),
        judge,
        cause,
        examples,
        answer="losses",
        misconceptions=(*(held_right(one) for one in TRAINING), *seen_in_losses(judge)),
        picture=picture,
    )


def losses(name: str, points: float) -> Property:
    """The returned losses are the summed squared errors before each update."""
    sentence = "The returned losses are the summed squared errors before each update."
    return _property(name, "losses", sentence, points, verify_losses)


def learned_kernel(name: str, points: float) -> Property:
    """After the last step the layer holds the kernel that gradient descent arrives at."""
    sentence = "After training, the layer's weight is where gradient descent arrives in so many steps."
    cause = "The update is weight -= lr · gradient of the summed squared error."
    return _property(name, "kernel", sentence, points, verify_kernel, cause)


def every_parameter(name: str, points: float) -> Property:
    """A layer with a bias learns its bias too."""
    sentence = "A layer that has a bias learns the bias as well as the weight."
    cause = "Update every parameter in conv2d.parameters()."
    return _property(name, "every_parameter", sentence, points, verify_run, cause, 20, with_bias=True)


def stale_gradients(name: str, points: float) -> Property:
    """A gradient left from before plays no part."""
    sentence = "A gradient left over from an earlier backward pass plays no part."
    cause = "Zero the gradients before backward(), in every step and the first one too."
    return _property(name, "stale_gradients", sentence, points, verify_run, cause, stale=True)


def in_place(name: str, points: float) -> Property:
    """The layer keeps its Parameter object, and the losses are plain floats."""
    sentence = "The layer keeps its own parameter, changed in place, and the losses are plain floats."
    return _property(name, "in_place", sentence, points, verify_in_place, examples=15)


def pure(name: str, points: float) -> Property:
    """Training leaves X, Y and PyTorch's global settings alone.

    Losses or kernel have to be right; what is wrong with the other shows elsewhere. Random numbers may be drawn, as a
    DataLoader does. A seed may not be set: the same numbers would follow, whatever seed was set before.
    """

    def verify(case: Case, answers: Answers, run: Run) -> None:
        sound = [check for check in (verify_losses, verify_kernel) if holds(check, case, answers, run)]
        if not sound:
            verify_run(case, answers, run)
        verify_no_trace(answers, "losses", DATA)
        # a worker that a student has changed may leave out what it was asked for
        again = {key: answers[f"{key}_again"] for key in ("losses", "kernel") if f"{key}_again" in answers}
        try:
            for check in sound:
                check(case, again, run)
        except Wrong as wrong:
            raise Wrong(wrong.got, wrong.want, "A second call, with the same X and Y, goes another way.") from None

    sentence = "X, Y and PyTorch's global settings are the same after training as before."
    cause = "Work on new tensors, and leave seeds, default types and gradient mode alone."
    base = _property(name, "pure", sentence, points, verify, cause, 20)
    seen = traces(base.judge, "losses", DATA)
    return replace(base, probe=lambda case: two_runs(name, case), misconceptions=(*base.misconceptions, *seen))


def defaults(name: str, points: float, example: Case) -> Property:
    """Called without lr and num_steps, it trains as the lesson's example does."""
    lr, num_steps = example["lr"], example["num_steps"]

    def verify(case: Case, answers: Answers, run: Run) -> None:
        value_of(answers, "losses")
        try:
            verify_run(case, answers, run)
        except Wrong as wrong:
            # Whatever else is wrong with the training shows in the other properties; here the defaults are in question.
            raise Wrong(wrong.got, wrong.want) from None

    sentence = f"Left to itself it takes {num_steps} steps with lr={lr:g}."
    advice = f"The signature gives lr={lr:g} and num_steps={num_steps}."
    base = _property(name, "defaults", sentence, points, verify, advice, examples=1)
    others = Misconception(
        "other_defaults", "Left to itself it takes other steps, or another number of them.", advice, _has_other_defaults
    )
    return replace(
        base,
        strategy=st.just(dict(example)),
        probe=lambda case: programme(name, case, given=False),
        judge=judged_by(
            lambda case, answers: verify(case, answers, wanted), lambda case: written(name, case, given=False)
        ),
        misconceptions=(*base.misconceptions, others),
    )


def _has_other_defaults(case: Case, answers: Answers) -> bool:
    """Whether losses and kernel are those of a right run with some learning rate and some number of steps."""
    steps = len(value_of(answers, "losses"))
    return any(_is_run_with(rate, steps, case, answers) for rate in _rates(case, answers) if rate > 0)


def _is_run_with(lr: float, steps: int, case: Case, answers: Answers) -> bool:
    try:
        verify_run({**case, "lr": lr, "num_steps": steps}, answers)
    except Wrong:
        return False
    return True


def _rates(case: Case, answers: Answers) -> list[float]:
    """The learning rates that lead to the second loss, or, of a single step, to the kernel."""
    got = [number(item) for item in value_of(answers, "losses")]
    if len(got) < 2:
        learned = TensorWanted(tuple(case["W"].shape)).of(value_of(answers, "kernel")).data.double()
        step = trajectory(case["W"], case["X"], case["Y"], 1.0, 1).kernel - case["W"]
        return [float(((learned - case["W"]) * step).sum() / (step * step).sum())]

    def second(lr: float) -> float:
        return trajectory(case["W"], case["X"], case["Y"], lr, 2).losses[1]

    # It is a quadratic function of the learning rate, which three of its values determine.
    at_zero, at_one, at_minus = second(0.0), second(1.0), second(-1.0)
    square, linear = (at_one + at_minus) / 2 - at_zero, (at_one - at_minus) / 2
    root = math.sqrt(max(0.0, linear * linear - 4 * square * (at_zero - got[1])))
    return [(-linear - root) / (2 * square), (-linear + root) / (2 * square)]
