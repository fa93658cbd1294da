"""What is wrong with a training run, by its losses and by what its layer has learned."""

from collections.abc import Callable

import torch

from autograder.probe.answers import Answers, Raised, Returned, TensorValue
from autograder.properties.function_property import Judge, observed
from autograder.properties.mistakes.training import TrainingMistake
from autograder.properties.pictures import comparison_grids, fitting
from autograder.properties.property import Misconception, TensorWanted, Wrong, value_of
from autograder.properties.remembered import Remembered
from autograder.properties.strategies import Case
from autograder.properties.training_runs import ITEM, near, number, verify_kernel, verify_run, wanted
from autograder.properties.trajectory import Trajectory
from autograder.results import Grid

# All that is drawn for a question, and what its mistakes would make of it.
_RUNS = Remembered[Trajectory](8192)


def held_right(mistake: TrainingMistake) -> Misconception:
    """A mistake explains an answer when losses and parameters both are those of the mistaken run."""

    def run(case: Case) -> Trajectory:
        return _RUNS.of((mistake, case), lambda: mistake.run(case))

    def explains(case: Case, answers: Answers) -> bool:
        try:
            verify_run(case, answers, run)
        except Wrong:
            return False
        return True

    return Misconception(mistake.id, mistake.does, mistake.advice, explains, by_value=True)


def seen_in_losses(judge: Judge) -> tuple[Misconception, ...]:
    """Mistakes that are seen in what is returned, beside the right run."""

    def numbers(answers: Answers) -> list[float]:
        return [number(item) for item in value_of(answers, "losses")]

    def is_last(case: Case, answers: Answers) -> bool:
        want = wanted(case).losses
        return near(number(value_of(answers, "losses")), want[-1], max(want))

    def within(case: Case, answers: Answers, bound: float) -> bool:
        got, want = numbers(answers), wanted(case).losses
        return len(got) == len(want) and all(abs(a - b) <= bound for a, b in zip(got, want, strict=True))

    def is_exact(case: Case, answers: Answers) -> bool:
        want = wanted(case).losses
        return all(near(a, b, max(want)) for a, b in zip(numbers(answers), want, strict=True))

    def arrives(case: Case, answers: Answers, steps: int) -> bool:
        """Whether the parameters are those after so many steps; the losses do not tell how many there were."""
        verify_kernel({**case, "num_steps": steps}, answers)
        return True

    def is_rounded(digits: int) -> Callable[[Case, Answers], bool]:
        def shows(case: Case, answers: Answers) -> bool:
            rounded = all(number == round(number, digits) for number in numbers(answers))
            near = rounded and within(case, answers, 0.501 * 10**-digits) and not is_exact(case, answers)
            return near and arrives(case, answers, case["num_steps"])

        return shows

    def is_single(case: Case, answers: Answers) -> bool:
        want = wanted(case)
        learned = TensorWanted(tuple(case["W"].shape)).of(value_of(answers, "kernel")).data.double()
        near = within(case, answers, 1e-4 * max(want.losses)) and torch.allclose(learned, want.kernel, 1e-4, 1e-4)
        digits = torch.cat([torch.tensor(numbers(answers), dtype=torch.float64), learned.reshape(-1)])
        return near and torch.equal(digits.float().double(), digits)  # no more digits than float32 has

    def is_beginning(case: Case, answers: Answers) -> bool:
        got, want = numbers(answers), wanted(case).losses
        return len(got) < len(want) and all(near(a, b, max(want)) for a, b in zip(got, want, strict=False))

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


def picture(case: Case, answers: Answers) -> tuple[Grid, ...]:
    """The losses beside the right ones, or the kernel where the losses are right."""
    want = wanted(case)
    value = value_of(answers, "losses")
    got = [number(item) for item in value] if isinstance(value, tuple) else []
    if len(got) == len(want.losses):
        there = torch.tensor([want.losses], dtype=torch.float64)
        here = torch.tensor([got], dtype=torch.float64)
        wrong = [k for k, (a, b) in enumerate(zip(got, want.losses, strict=True)) if not near(a, b, max(want.losses))]
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
