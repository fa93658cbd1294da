"""Properties of a gradient-descent loop on a convolutional layer, judged by the closed form of its trajectory."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import torch
from hypothesis import strategies as st

from autograder.probe.answers import Answers, Effects, Raised, Returned, TensorValue, describe
from autograder.probe.steps import Call, Fill, Input, Programme, Read, Ref, SetGrad, Stage, Step
from autograder.properties.effects import DRAWN, SEED, SEEDED
from autograder.properties.function_property import Judge, observed
from autograder.properties.mistakes.training import TRAINING, TrainingMistake
from autograder.properties.pictures import comparison_grids, fitting
from autograder.properties.property import Misconception, Property, TensorWanted, Wrong, judged_by, show, value_of
from autograder.properties.strategies import Case
from autograder.properties.trajectory import Trajectory, runs, trajectory
from autograder.results import Grid

# The trajectory is a chain of a few contractions in float64, each within some 1e-14 of exact.
RELATIVE_TOLERANCE = 1e-8
ITEM = "loss.item() turns a tensor of one element into a float."


def _inputs(case: Case) -> dict[str, Input]:
    return {key: Input.like(value) for key, value in case.items() if isinstance(value, torch.Tensor)}


def _made(case: Case, layer: str = "layer") -> tuple[Step, ...]:
    """Makes the layer that is to be trained."""
    size = tuple(case["W"].shape[-2:])
    return (
        Call(layer, "torch.nn.Conv2d", (1, 1, size), {"bias": "b" in case, "dtype": torch.float64}),
        Fill(Ref(layer, "weight"), Ref("W")),
        *((Fill(Ref(layer, "bias"), Ref("b")),) if "b" in case else ()),
        *((SetGrad(Ref(layer, "weight"), Ref("stale")),) if "stale" in case else ()),
    )


def _programme(name: str, case: Case, given: bool = True) -> Programme:
    settings = {"lr": case["lr"], "num_steps": case["num_steps"]} if given else {}
    weight = Ref("layer", "weight")
    train = Call("losses", name, (Ref("layer"), Ref("X"), Ref("Y")), settings)
    learned = (Read("kernel", weight), Read("bias", Ref("layer", "bias")))
    # Filling the parameter object that was there before shows whether it is still the layer's own.
    same = (Fill(Ref("parameter"), Ref("W")), Read("refilled", weight))
    return (Stage(_inputs(case), (*_made(case), Read("parameter", weight), train, *learned, *same)),)


def _two_runs(name: str, case: Case) -> Programme:
    """Two layers trained alike, each after another seed, with random numbers drawn after each."""

    def run(suffix: str, seed: int) -> tuple[Step, ...]:
        layer = f"layer{suffix}"
        settings = {"lr": case["lr"], "num_steps": case["num_steps"]}
        return (
            *_made(case, layer),
            replace(SEEDED, name=f"seeded{suffix}", args=(seed,)),
            Call(f"losses{suffix}", name, (Ref(layer), Ref("X"), Ref("Y")), settings),
            replace(DRAWN, name=f"drawn{suffix}"),
            Read(f"kernel{suffix}", Ref(layer, "weight")),
        )

    return (Stage(_inputs(case), (*run("", SEED), *run("_again", SEED + 1))),)


def _wanted(case: Case) -> Trajectory:
    return trajectory(case["W"], case["X"], case["Y"], case["lr"], case["num_steps"], case.get("b"))


Run = Callable[[Case], Trajectory]


def _verify_losses(case: Case, answers: Answers, run: Run = _wanted) -> None:
    want = run(case).losses
    value = value_of(answers, "losses")
    if not isinstance(value, tuple):
        raise Wrong(describe(value), f"a list of {len(want)} losses")
    got = [_number(item) for item in value]
    if len(got) != len(want):
        raise Wrong(f"{len(got)} losses", f"{len(want)} losses, one before each update")
    for step, (here, there) in enumerate(zip(got, want, strict=True), 1):
        if not _near(here, there, max(want)):
            raise Wrong(f"{here:.6g} as loss number {step}", f"{there:.6g}", _loss_cause(step))


def _number(value: Any) -> float:
    if isinstance(value, TensorValue) and value.data.numel() == 1 and value.data.is_floating_point():
        return float(value.data)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    raise Wrong(f"{describe(value)} among the losses", "plain floats", ITEM)


def _near(got: float, want: float, scale: float) -> bool:
    return abs(got - want) <= RELATIVE_TOLERANCE * (abs(want) + scale)


def _loss_cause(step: int) -> str:
    """A likely cause where the losses are right until this step."""
    if step > 1:
        return "The first loss is right and a later one is not: look at the update, and at gradients that pile up."
    return "The loss is the sum of the squared errors, taken before the update."


def _verify_kernel(case: Case, answers: Answers, run: Run = _wanted) -> None:
    end = run(case)
    want = end.kernel
    value_of(answers, "losses")
    kernel = TensorWanted(tuple(want.shape)).of(value_of(answers, "kernel")).data.double()
    scale = float(want.abs().max()) + float(case["W"].abs().max())
    if not bool(((kernel - want).abs() <= RELATIVE_TOLERANCE * scale).all()):
        unchanged = torch.equal(kernel, case["W"])
        cause = "The layer's own weight did not change: the training ran on a copy." if unchanged else ""
        raise Wrong(f"a final kernel of {show(kernel[0, 0])}", show(want[0, 0]), cause)
    if end.bias is not None:
        bias = TensorWanted((1,)).of(value_of(answers, "bias")).data.double()
        if not _near(float(bias), float(end.bias), scale + float(case["b"].abs())):
            cause = "Every parameter of the layer is to be updated."
            raise Wrong(f"a final bias of {show(bias)}", show(end.bias), cause)


def _verify_run(case: Case, answers: Answers, run: Run = _wanted) -> None:
    _verify_losses(case, answers, run)
    _verify_kernel(case, answers, run)


def _verify_in_place(case: Case, answers: Answers, run: Run = _wanted) -> None:
    _verify_run(case, answers, run)
    if not all(isinstance(item, float) for item in value_of(answers, "losses")):
        raise Wrong("losses that are no floats", "losses that are plain floats", ITEM)
    kernel, refilled = value_of(answers, "kernel"), value_of(answers, "refilled")
    if not kernel.is_parameter or not isinstance(refilled, TensorValue) or not torch.equal(refilled.data, case["W"]):
        raise Wrong(
            "another weight in the place of the layer's parameter",
            "the same nn.Parameter with new values",
            "Change the values in place, under torch.no_grad() or through .data, instead of assigning a new tensor.",
        )


def _written(name: str, case: Case, given: bool = True) -> str:
    stale = f"conv2d.weight.grad = {show(case['stale'])}\n" if "stale" in case else ""
    bias = f"conv2d.bias set to b = {show(case['b'])}\n" if "b" in case else ""
    settings = f", lr={case['lr']}, num_steps={case['num_steps']}" if given else ""
    return (
        f"conv2d = nn.Conv2d(1, 1, {tuple(case['W'].shape[-2:])}, bias={'b' in case}, dtype=torch.float64), with\n"
        f"conv2d.weight set to W = {show(case['W'])}\n{bias}{stale}X = {show(case['X'])}\nY = {show(case['Y'])}\n"
        f"{name}(conv2d, X, Y{settings})"
    )


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
    judge = judged_by(lambda case, answers: verify(case, answers, _wanted), lambda case: _written(name, case))
    return Property(
        id,
        sentence,
        points,
        runs(stale, with_bias),
        lambda case: _programme(name, case),
        judge,
        cause,
        examples,
        answer="losses",
        misconceptions=(*(_held_right(one) for one in TRAINING), *_seen_in_losses(judge)),
        picture=_picture,
    )


def _held_right(mistake: TrainingMistake) -> Misconception:
    """A mistake explains an answer when losses and parameters both are those of the mistaken run."""

    def explains(case: Case, answers: Answers) -> bool:
        try:
            _verify_run(case, answers, mistake.run)
        except Wrong:
            return False
        return True

    return Misconception(mistake.id, mistake.does, mistake.advice, explains, by_value=True)


def _seen_in_losses(judge: Judge) -> tuple[Misconception, ...]:
    """Mistakes that are seen in what is returned, beside the right run."""

    def numbers(answers: Answers) -> list[float]:
        return [_number(item) for item in value_of(answers, "losses")]

    def is_last(case: Case, answers: Answers) -> bool:
        want = _wanted(case).losses
        return _near(_number(value_of(answers, "losses")), want[-1], max(want))

    def within(case: Case, answers: Answers, bound: float) -> bool:
        got, want = numbers(answers), _wanted(case).losses
        return len(got) == len(want) and all(abs(a - b) <= bound for a, b in zip(got, want, strict=True))

    def is_exact(case: Case, answers: Answers) -> bool:
        want = _wanted(case).losses
        return all(_near(a, b, max(want)) for a, b in zip(numbers(answers), want, strict=True))

    def arrives(case: Case, answers: Answers, steps: int) -> bool:
        """Whether the parameters are those after so many steps; the losses do not tell how many there were."""
        _verify_kernel({**case, "num_steps": steps}, answers)
        return True

    def is_rounded(digits: int) -> Callable[[Case, Answers], bool]:
        def shows(case: Case, answers: Answers) -> bool:
            rounded = all(number == round(number, digits) for number in numbers(answers))
            near = rounded and within(case, answers, 0.501 * 10**-digits) and not is_exact(case, answers)
            return near and arrives(case, answers, case["num_steps"])

        return shows

    def is_single(case: Case, answers: Answers) -> bool:
        want = _wanted(case)
        learned = TensorWanted(tuple(case["W"].shape)).of(value_of(answers, "kernel")).data.double()
        near = within(case, answers, 1e-4 * max(want.losses)) and torch.allclose(learned, want.kernel, 1e-4, 1e-4)
        digits = torch.cat([torch.tensor(numbers(answers), dtype=torch.float64), learned.reshape(-1)])
        return near and torch.equal(digits.float().double(), digits)  # no more digits than float32 has

    def is_beginning(case: Case, answers: Answers) -> bool:
        got, want = numbers(answers), _wanted(case).losses
        return len(got) < len(want) and all(_near(a, b, max(want)) for a, b in zip(got, want, strict=False))

    def misses_losses(case: Case, answers: Answers) -> bool:
        return is_beginning(case, answers) and arrives(case, answers, case["num_steps"])

    def stops_early(case: Case, answers: Answers) -> bool:
        return is_beginning(case, answers) and arrives(case, answers, len(numbers(answers)))

    def is_tracked(case: Case, answers: Answers) -> bool:
        answer = answers.get("losses")
        return isinstance(answer, Raised) and "in-place" in answer.message

    seen: tuple[tuple[str, str, str, Callable[[Case, Answers], bool]], ...] = (
        ("last_loss_only", "Only the last loss is returned.", "Append each step's loss to a list.", is_last),
        (
            "returns_tensors", "The losses are tensors, each of which holds on to its whole graph.", ITEM,
            lambda case, answers: any(isinstance(item, TensorValue) for item in value_of(answers, "losses")),
        ),
        *(
            (
                "rounded_losses", f"The losses are rounded to {written} decimals.", "Round when you print, not before.",
                is_rounded(digits),
            )
            for digits, written in enumerate(("two", "three", "four", "five", "six"), start=2)
        ),
        (
            "single_precision", "The training runs in float32, whatever the layer's own type is.",
            "Leave the layer, X and Y in the type they have.", is_single,
        ),
        (
            "losses_missing", "It takes all steps and returns fewer losses: the last are missing.",
            "Append a loss in every step, and return the whole list.", misses_losses,
        ),
        (
            "stops_early", "The training stops before num_steps steps are done.", "Take all num_steps steps.",
            stops_early,
        ),
        (
            "tracked_update", "The update is recorded by autograd, which refuses it.",
            "Make the update under torch.no_grad(), or through .data.", is_tracked,
        ),
        (
            "parameter_replaced", "The layer gets another weight in the place of its own parameter.",
            "Change the values in place, under torch.no_grad() or through .data.", _is_replaced,
        ),
    )  # fmt: skip
    return tuple(observed(judge, *one) for one in seen)


def _is_replaced(case: Case, answers: Answers) -> bool:
    refilled = answers.get("refilled")
    if not isinstance(refilled, Returned) or not isinstance(refilled.value, TensorValue):
        return False
    data = refilled.value.data
    return data.dtype == case["W"].dtype and not torch.equal(data, case["W"])


def _picture(case: Case, answers: Answers) -> tuple[Grid, ...]:
    """The losses beside the right ones, or the kernel where the losses are right."""
    want = _wanted(case)
    value = value_of(answers, "losses")
    got = [_number(item) for item in value] if isinstance(value, tuple) else []
    if len(got) == len(want.losses):
        there = torch.tensor([want.losses], dtype=torch.float64)
        here = torch.tensor([got], dtype=torch.float64)
        wrong = [k for k, (a, b) in enumerate(zip(got, want.losses, strict=True)) if not _near(a, b, max(want.losses))]
        if wrong:
            return fitting(comparison_grids("losses, got", here, "losses, want", there, (0, wrong[0])))
    kernel = answers.get("kernel")
    if not isinstance(kernel, Returned) or not isinstance(kernel.value, TensorValue):
        return ()
    learned = kernel.value.data.double()
    if learned.shape != want.kernel.shape or torch.equal(learned, want.kernel):
        return ()
    place = tuple(int(index) for index in torch.unravel_index((learned - want.kernel).abs().argmax(), learned.shape))
    return fitting(comparison_grids("kernel, got", learned[0, 0], "kernel, want", want.kernel[0, 0], place[2:]))


def losses(name: str, points: float) -> Property:
    """The returned losses are the summed squared errors before each update."""
    sentence = "The returned losses are the summed squared errors before each update."
    return _property(name, "losses", sentence, points, _verify_losses)


def learned_kernel(name: str, points: float) -> Property:
    """After the last step the layer holds the kernel that gradient descent arrives at."""
    sentence = "After training, the layer's weight is where gradient descent arrives in so many steps."
    cause = "The update is weight -= lr · gradient of the summed squared error."
    return _property(name, "kernel", sentence, points, _verify_kernel, cause)


def every_parameter(name: str, points: float) -> Property:
    """A layer with a bias learns its bias too."""
    sentence = "A layer that has a bias learns the bias as well as the weight."
    cause = "Update every parameter in conv2d.parameters()."
    return _property(name, "every_parameter", sentence, points, _verify_run, cause, 20, with_bias=True)


def stale_gradients(name: str, points: float) -> Property:
    """A gradient left from before plays no part."""
    sentence = "A gradient left over from an earlier backward pass plays no part."
    cause = "Zero the gradients before backward(), in every step and the first one too."
    return _property(name, "stale_gradients", sentence, points, _verify_run, cause, stale=True)


def in_place(name: str, points: float) -> Property:
    """The layer keeps its Parameter object, and the losses are plain floats."""
    sentence = "The layer keeps its own parameter, changed in place, and the losses are plain floats."
    return _property(name, "in_place", sentence, points, _verify_in_place, examples=15)


def pure(name: str, points: float) -> Property:
    """Training leaves X, Y and PyTorch's global settings alone.

    Losses or kernel have to be right; what is wrong with the other shows elsewhere. Random numbers may be drawn, as a
    DataLoader does. A seed may not be set: the same numbers would follow, whatever seed was set before.
    """

    def verify(case: Case, answers: Answers, run: Run) -> None:
        sound = [check for check in (_verify_losses, _verify_kernel) if _holds(check, case, answers, run)]
        if not sound:
            _verify_run(case, answers, run)
        if _changed_data(answers):
            what = " and ".join(_changed_data(answers))
            raise Wrong(f"{what} changed by the call", "X and Y as they were", "An in-place operation works on them.")
        if _changed_settings(answers):
            what = " and ".join(_changed_settings(answers))
            raise Wrong(f"{what} changed by the call", "global settings as they were")
        if _sets_a_seed(answers):
            raise Wrong("the same random numbers after every call", "a random state that nobody has reset")
        try:
            for check in sound:
                check(case, {key: answers[f"{key}_again"] for key in ("losses", "kernel")}, run)
        except Wrong as wrong:
            raise Wrong(wrong.got, wrong.want, "A second call, with the same X and Y, goes another way.") from None

    sentence = "X, Y and PyTorch's global settings are the same after training as before."
    cause = "Work on new tensors, and leave seeds, default types and gradient mode alone."
    base = _property(name, "pure", sentence, points, verify, cause, 20)
    seen = (
        observed(
            base.judge,
            "changes_its_inputs",
            "Training changes X or Y.",
            "Look for +=, *=, X[...] = ... and methods that end in _; work on a new tensor.",
            lambda case, answers: bool(_changed_data(answers)),
        ),
        observed(
            base.judge,
            "changes_global_settings",
            "Training leaves PyTorch's global settings otherwise than they were.",
            "Leave seeds, default types and gradient mode alone: whoever calls has chosen them.",
            lambda case, answers: bool(_changed_settings(answers)) or _sets_a_seed(answers),
        ),
    )
    return replace(base, probe=lambda case: _two_runs(name, case), misconceptions=(*base.misconceptions, *seen))


def _holds(check: Verify, case: Case, answers: Answers, run: Run) -> bool:
    try:
        check(case, answers, run)
    except Wrong:
        return False
    return True


def _effects(answers: Answers) -> Effects:
    answer = answers.get("losses")
    return answer.effects if isinstance(answer, Returned) else Effects()


def _changed_data(answers: Answers) -> list[str]:
    return [name for name in _effects(answers).changed_inputs if name in ("X", "Y")]


def _changed_settings(answers: Answers) -> list[str]:
    return [words for words in _effects(answers).changed_state if "random" not in words]


def _sets_a_seed(answers: Answers) -> bool:
    first, second = (value_of(answers, name) for name in ("drawn", "drawn_again"))
    return isinstance(first, TensorValue) and isinstance(second, TensorValue) and torch.equal(first.data, second.data)


def defaults(name: str, points: float, example: Case) -> Property:
    """Called without lr and num_steps, it trains as the lesson's example does."""
    lr, num_steps = example["lr"], example["num_steps"]

    def verify(case: Case, answers: Answers, run: Run) -> None:
        value_of(answers, "losses")
        try:
            _verify_run(case, answers, run)
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
        probe=lambda case: _programme(name, case, given=False),
        judge=judged_by(
            lambda case, answers: verify(case, answers, _wanted), lambda case: _written(name, case, given=False)
        ),
        misconceptions=(*base.misconceptions, others),
    )


def _has_other_defaults(case: Case, answers: Answers) -> bool:
    """Whether losses and kernel are those of a right run with some learning rate and some number of steps."""
    steps = len(value_of(answers, "losses"))
    return any(_is_run_with(rate, steps, case, answers) for rate in _rates(case, answers) if rate > 0)


def _is_run_with(lr: float, steps: int, case: Case, answers: Answers) -> bool:
    try:
        _verify_run({**case, "lr": lr, "num_steps": steps}, answers)
    except Wrong:
        return False
    return True


def _rates(case: Case, answers: Answers) -> list[float]:
    """The learning rates that lead to the second loss, or, of a single step, to the kernel."""
    got = [_number(item) for item in value_of(answers, "losses")]
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
