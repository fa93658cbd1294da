"""The property that one pass over the data returns its mean loss."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import torch
from torch.nn import functional as F

from autograder.probe.answers import Answers, TensorValue
from autograder.properties.epochs import after_training, epoch_property, near, verify_loss
from autograder.properties.function_property import Judge, observed
from autograder.properties.mistakes.epochs import UPDATE, batches, each_once, last_size
from autograder.properties.property import Misconception, Property, Wrong, value_of
from autograder.properties.shares import verify_mean
from autograder.properties.strategies import Case


def mean_loss(name: str, points: float) -> Property:
    """What is returned is the mean loss over all examples, each before its update."""
    sentence = "What is returned is a float: the mean loss over all images, each taken before its batch's update."
    cause = "Add up loss.item() * len(batch), and divide by the number of images."
    base = epoch_property(name, "loss", sentence, points, verify_loss, cause)
    return replace(base, misconceptions=(*_mistaken_means(base.judge), *base.misconceptions))


def _mistaken_means(judge: Judge) -> tuple[Misconception, ...]:
    """Numbers that wrong code returns for the mean loss."""

    def losses(weights: torch.Tensor, case: Case) -> torch.Tensor:
        return F.cross_entropy(weights, case["y"], reduction="none")

    def count(case: Case) -> int:
        return len(batches(case))

    def parts(case: Case, answers: Answers) -> list[torch.Tensor]:
        """The losses in the last batch, where it can be told, and in all others."""
        before = losses(case["W"], case)
        if last_size(case) == case["batch_size"]:
            return [before]
        last = near(after_training(case, answers), each_once(case)[1])
        return [before[~last], before[last]]

    def mean_of_means(case: Case, answers: Answers) -> torch.Tensor:
        full, *last = parts(case, answers)
        means = full.sum() / int(case["batch_size"])
        for one in last:
            means += one.mean()
        return means / count(case)

    def returns(number: Callable[[Case, Answers], torch.Tensor]) -> Callable[[Case, Answers], bool]:
        def explains(case: Case, answers: Answers) -> bool:
            try:
                verify_mean(value_of(answers, "loss"), number(case, answers).reshape(-1))
            except Wrong:
                return False
            return True

        return explains

    by_value: tuple[tuple[str, str, str, Callable[[Case, Answers], torch.Tensor]], ...] = (
        (
            "mean_of_batch_means", "The batches' means are averaged, as if all batches were equally large.",
            "Weigh each batch's mean with the number of its images.", mean_of_means,
        ),
        (
            "last_batch_counted_full", "The last, smaller batch is weighed as if it were full.",
            "Weigh each batch's mean with the number of its images.",
            lambda case, answers: mean_of_means(case, answers) * count(case) * case["batch_size"] / len(case["y"]),
        ),
        (
            "loss_not_divided", "The losses of all images are added up, and not divided by their number.",
            "Divide by len(X).", lambda case, answers: losses(case["W"], case).sum(),
        ),
        (
            "sum_of_batch_means", "The batches' means are added up.", "Divide by the number of images, after weighing.",
            lambda case, answers: mean_of_means(case, answers) * count(case),
        ),
        (
            "loss_after_update", "The losses are taken after the updates.", "Take loss.item() before optimizer.step().",
            lambda case, answers: losses(after_training(case, answers), case).mean(),
        ),
        (
            "loss_divided_by_batches", "The sum over all images is divided by the number of batches.",
            "Divide by len(X).", lambda case, answers: losses(case["W"], case).sum() / count(case),
        ),
        (
            "mean_divided_again", "The mean loss is divided by the number of images once more.", "Divide once.",
            lambda case, answers: mean_of_means(case, answers) * count(case) / len(case["y"]),
        ),
    )  # fmt: skip

    def one_batch_only(case: Case, answers: Answers) -> bool:
        before, size = losses(case["W"], case), last_size(case)
        some = [before[list(places)] for places in combinations(range(len(before)), size)]
        return any(returns(lambda *_, one=one: one)(case, answers) for one in some)

    return (
        Misconception(
            "never_updated", "No weight changes.", UPDATE,
            lambda case, answers: torch.equal(after_training(case, answers), case["W"]),
        ),
        observed(
            judge, "returns_a_list", "A list or tuple is returned, and not one number.", "Return one mean for all.",
            lambda case, answers: isinstance(value_of(answers, "loss"), tuple),
        ),
        observed(
            judge, "returns_a_tensor", "A tensor is returned, and not a float.",
            "loss.item() turns a tensor of one element into a float.",
            lambda case, answers: isinstance(value_of(answers, "loss"), TensorValue),
        ),
        *(Misconception(id, does, advice, returns(number), by_value=True) for id, does, advice, number in by_value),
        Misconception(
            "one_batch_only", "The loss of one batch is returned.", "Add the losses up over all batches.",
            one_batch_only,
        ),
    )  # fmt: skip
