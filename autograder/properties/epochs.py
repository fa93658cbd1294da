"""Properties of one pass over the data by a student's ``train_epoch(model, X, y, optimizer, batch_size)``.

In which order the examples come is free, and so the results would differ from one right answer to the next. They do
not for a model that has a row of weights for each example, and gives that row as its logits: nn.Embedding, with the
examples' numbers as X. Gradient descent on the mean cross-entropy of a batch of B moves a row w of label c by
-lr/B · (softmax(w) - onehot(c)), once, whatever other examples are in the batch, and the example's loss before it is
that of w. Which rows are in the smaller, last batch is free; how many they are is not.

Such rows do not tell whether each batch had a step of its own: for that all examples are one and the same, so that
their order makes no difference either, and the one row takes a step for each batch.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import torch
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from torch.nn import functional as F

from autograder.probe.answers import Answers
from autograder.probe.steps import Call, Fill, Programme, Read, Ref, SetGrad, Stage, Step, inputs_of
from autograder.properties import strategies
from autograder.properties.effects import DRAWN, SEED, SEEDED
from autograder.properties.function_property import Judge
from autograder.properties.mistakes.epochs import (
    EPOCHS,
    ZERO,
    EpochMistake,
    batches,
    descended,
    each_once,
    last_size,
)
from autograder.properties.no_trace import traces, verify_no_trace
from autograder.properties.property import (
    Misconception,
    Property,
    TensorWanted,
    Wrong,
    holds,
    judged_by,
    show,
    value_of,
)
from autograder.properties.shares import verify_mean
from autograder.properties.strategies import Case

# A row is of the order of one, and a softmax and a subtraction in float64 are right to some 1e-15 of that.
NEARLY = 1e-9
DATA = ("X", "y")
RATES = (0.1, 0.5, 1.0)
Verify = Callable[[Case, Answers], None]


@st.composite
def epochs(draw: st.DrawFn, stale: bool = False) -> dict[str, Any]:
    """A row of weights W for each of n examples, their labels y, lr, batch_size, and stale where it is asked for.

    X is the examples' numbers. Often the last batch is smaller than the others.
    """
    n, classes = draw(st.integers(2, 9)), draw(st.integers(2, 4))
    size = draw(st.integers(1, n - 1) if stale else st.integers(1, n))
    W = draw(strategies.fractions((n, classes), torch.float64, (0.1,)))
    y = torch.tensor(draw(st.lists(st.integers(0, classes - 1), min_size=n, max_size=n)))
    case = {"W": W, "X": torch.arange(n), "y": y, "lr": draw(st.sampled_from(RATES)), "batch_size": size}
    return case | ({"stale": draw(strategies.integers((n, classes), largest=5))} if stale else {})


@st.composite
def repetitions(draw: st.DrawFn) -> dict[str, Any]:
    """The same of one example, n times: W has one row."""
    case = draw(epochs())
    return {**case, "W": case["W"][:1], "X": torch.zeros_like(case["X"]), "y": case["y"][:1].repeat(len(case["y"]))}


def _is_shared(case: Case) -> bool:
    """Whether all examples share one row of weights."""
    return len(case["W"]) == 1


def _run(name: str, case: Case, suffix: str = "", seed: int | None = None) -> tuple[Step, ...]:
    """Makes a model of rows and an optimizer, and trains for one epoch."""
    model, weight = f"model{suffix}", Ref(f"model{suffix}", "weight")
    arguments = (Ref(model), Ref("X"), Ref("y"), Ref(f"optimizer{suffix}"), case["batch_size"])
    return (
        Call(model, "torch.nn.Embedding", tuple(case["W"].shape), {"dtype": torch.float64}),
        Fill(weight, Ref("W")),
        *((SetGrad(weight, Ref("stale")),) if "stale" in case else ()),
        *optimizer_made(model, case["lr"], suffix),
        *(() if seed is None else (replace(SEEDED, name=f"seeded{suffix}", args=(seed,)),)),
        Call(f"loss{suffix}", name, arguments, watched=seed is not None),
        *(() if seed is None else (replace(DRAWN, name=f"drawn{suffix}"),)),
        Read(f"weight{suffix}", weight),
    )


def optimizer_made(model: str, lr: float, suffix: str = "", **settings: float) -> tuple[Step, ...]:
    """Gradient descent on all parameters of a model."""
    return (
        Call(f"parameters{suffix}", Ref(model, "parameters")),
        Call(f"optimizer{suffix}", "torch.optim.SGD", (Ref(f"parameters{suffix}"),), {"lr": lr, **settings}),
    )


def written(name: str, case: Case) -> str:
    rows, classes = case["W"].shape
    stale = f"model.weight.grad = {show(case['stale'])}\n" if "stale" in case else ""
    return (
        f"model = nn.Embedding({rows}, {classes}, dtype=torch.float64), with\n"
        f"model.weight set to {show(case['W'])}\n{stale}"
        f"X = torch.tensor({case['X'].tolist()})\ny = torch.tensor({case['y'].tolist()})\n"
        f"optimizer = torch.optim.SGD(model.parameters(), lr={case['lr']})\n"
        f"{name}(model, X, y, optimizer, {case['batch_size']})"
    )


def after_training(case: Case, answers: Answers, suffix: str = "") -> torch.Tensor:
    """The rows after training; raises Wrong when the call raised."""
    value_of(answers, f"loss{suffix}")
    return TensorWanted(tuple(case["W"].shape)).of(value_of(answers, f"weight{suffix}")).data.double()


def near(rows: torch.Tensor, others: torch.Tensor) -> torch.Tensor:
    """Which rows are the same but for rounding: (n,), of bools."""
    return ((rows - others).abs() <= NEARLY).all(1)


def verify_rows(case: Case, answers: Answers, suffix: str = "") -> None:
    """Every row was in one update of its own, and as many as it takes in the smaller batch."""
    after = after_training(case, answers, suffix)
    if _is_shared(case):
        _verify_shared(case, after)
        return
    full, *smaller = each_once(case)
    of_full = near(after, full)
    of_last = near(after, smaller[0]) if smaller else torch.zeros_like(of_full)
    for row in (~(of_full | of_last)).nonzero()[:, 0].tolist():
        unused = bool(near(after, case["W"])[row])
        raise Wrong(
            f"weights of image {row}: {show(after[row])}",
            f"{show(full[row])}{f' or {show(smaller[0][row])}' if smaller else ''}, after one update",
            "This image takes part in no update." if unused else "",
        )
    wanted = last_size(case) if smaller else 0
    if int(of_last.sum()) != wanted:
        raise Wrong(f"{int(of_last.sum())} images in the last, smaller batch", str(wanted))


def _verify_shared(case: Case, after: torch.Tensor) -> None:
    """The row of all examples has taken a step for each batch."""
    want, count = descended(case, batches(case)), len(batches(case))
    if not bool(near(after, want)[0]):
        steps = "one step" if count == 1 else f"{count} steps, one for each batch"
        raise Wrong(f"weights of the one image: {show(after[0])}", f"{show(want[0])}, after {steps}")


def verify_loss(case: Case, answers: Answers, suffix: str = "") -> None:
    """The mean loss of all rows before their updates, as a plain float."""
    after = after_training(case, answers, suffix)
    verify_mean(value_of(answers, f"loss{suffix}"), F.cross_entropy(case["W"], case["y"], reduction="none"))
    if torch.equal(after, case["W"]):
        raise Wrong("a loss, and no weight that changes", "a loss, and weights that are trained")


def epoch_property(
    name: str,
    id: str,
    sentence: str,
    points: float,
    verify: Verify,
    cause: str = "",
    examples: int = 30,
    cases: SearchStrategy[dict[str, Any]] | None = None,
) -> Property:
    judge = judged_by(verify, lambda case: written(name, case))
    return Property(
        id, sentence, points, epochs() if cases is None else cases,
        lambda case: (Stage(inputs_of(case), _run(name, case)),),
        judge, cause, examples, answer="loss",
        misconceptions=tuple(_held_right(judge, one) for one in EPOCHS),
        traits={
            "the batches are all of one size": lambda case: last_size(case) == case["batch_size"],
            "the last batch is smaller": lambda case: last_size(case) < case["batch_size"],
            "there is one batch": lambda case: len(case["y"]) <= case["batch_size"],
            "all images are different": lambda case: not _is_shared(case),
        },
    )  # fmt: skip


def _held_right(judge: Judge, mistake: EpochMistake) -> Misconception:
    """A mistake explains an answer when every row is one that it may lead to, and no wrong answer has right rows."""

    def explains(case: Case, answers: Answers) -> bool:
        after = after_training(case, answers)
        outcomes = mistake.shared(case) if _is_shared(case) else mistake.rows(case)
        may_be = bool(torch.stack([near(after, rows) for rows in outcomes]).any(0).all())
        if mistake.unused is not None and not _is_shared(case):
            may_be &= int(near(after, case["W"]).sum()) == mistake.unused(case)
        return may_be and (judge(case, answers) is None or not holds(verify_rows, case, answers))

    return Misconception(mistake.id, mistake.does, mistake.advice, explains, mistake.by_value)


def covers(name: str, points: float) -> Property:
    """Every example is used exactly once."""
    sentence = "Every image takes part in exactly one update, and every batch makes one: the last, smaller one too."
    return epoch_property(name, "covers", sentence, points, verify_rows, cases=st.one_of(epochs(), repetitions()))


def stale_gradients(name: str, points: float) -> Property:
    """Gradients from before play no part, in the first batch and in later ones."""
    sentence = "Gradients are zeroed before each batch: one left over from before plays no part."
    return epoch_property(name, "stale", sentence, points, verify_rows, ZERO, 20, epochs(stale=True))


def pure(name: str, points: float) -> Property:
    """X, y, global settings and seeds are left alone."""

    def verify(case: Case, answers: Answers) -> None:
        sound = [check for check in (verify_rows, verify_loss) if holds(check, case, answers)]
        if not sound:
            verify_rows(case, answers)
        verify_no_trace(answers, "loss", DATA)
        for check in sound:
            try:
                check(case, answers, "_again")
            except Wrong as wrong:
                raise Wrong(wrong.got, wrong.want, "A second call, with another model, goes another way.") from None

    def probe(case: Case) -> Programme:
        twice = (*_run(name, case, "", SEED), *_run(name, case, "_again", SEED + 1))
        return (Stage(inputs_of(case), twice),)

    sentence = "X, y, seeds and PyTorch's global settings are the same after training as before."
    cause = "Work on new tensors, and leave seeds, default types and gradient mode alone."
    base = epoch_property(name, "pure", sentence, points, verify, cause, 12)
    return replace(base, probe=probe, misconceptions=(*traces(base.judge, "loss", DATA), *base.misconceptions))
