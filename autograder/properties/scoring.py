"""Properties of a student's ``accuracy(model, X, y)``: the share of right answers, counted without leaving a trace."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import torch
from hypothesis import strategies as st

from autograder.probe.answers import Answers, Returned, TensorValue, describe
from autograder.probe.steps import Call, Fill, Input, Parameters, Read, Ref, SetGrad, Stage, Step
from autograder.properties import strategies
from autograder.properties.function_property import observed
from autograder.properties.property import Misconception, Property, Wrong, judged_by, show, value_of
from autograder.properties.shares import ITEM, is_mean, plain_number, verify_mean
from autograder.properties.strategies import Case

EVALUATE = "Call model.eval() first, and model.train(mode) afterwards with the mode that model.training told before."
ARGMAX = "model(X).argmax(dim=1) is the class that each image is taken for; the mean of == y, as a float, the share."


@st.composite
def _scored(draw: st.DrawFn) -> dict[str, Any]:
    """Logits X of n images, no two of an image alike, and the labels y: about half are right."""
    n, classes = draw(st.integers(1, 12)), draw(st.integers(2, 6))
    ranks = [draw(st.permutations(range(classes))) for _ in range(n)]
    X = torch.tensor(ranks, dtype=torch.float64) - draw(st.integers(0, classes))
    others = torch.tensor(draw(st.lists(st.integers(0, classes - 1), min_size=n, max_size=n)))
    right = torch.tensor(draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    return {"X": X, "y": torch.where(right, X.argmax(1), others)}


def hits(case: Case) -> torch.Tensor:
    """Which images are classified rightly, as numbers 0 and 1."""
    right: torch.Tensor = case["X"].argmax(1) == case["y"]
    return right.double()


@dataclass(frozen=True)
class ScoreMistake:
    """A mistake of this name, and the number that comes of it. does, advice: as in a Misconception."""

    id: str
    does: str
    advice: str
    number: Callable[[Case], torch.Tensor]


def _along_images(case: Case) -> torch.Tensor:
    right: torch.Tensor = case["X"].argmax(0) == case["y"]  # it raises where such code does
    return right.double()


MISTAKES = (
    ScoreMistake("percent", "Percent are returned, and not a share.", "Leave the factor 100 out.",
                 lambda case: 100 * hits(case)),
    ScoreMistake("wrong_ones_counted", "The share of wrong answers is returned.", ARGMAX, lambda case: 1 - hits(case)),
    ScoreMistake("number_of_hits", "The number of right answers is returned, and not their share.",
                 "Divide by len(y).", lambda case: hits(case).sum().reshape(1)),
    ScoreMistake("divided_by_classes", "The number of right answers is divided by the number of classes.",
                 "Divide by len(y).", lambda case: hits(case).sum().reshape(1) / case["X"].shape[1]),
    ScoreMistake("smallest_logit", "The class with the smallest logit is taken.", ARGMAX,
                 lambda case: (case["X"].argmin(1) == case["y"]).double()),
    ScoreMistake("one_too_many", "The classes are counted from 1.", ARGMAX,
                 lambda case: (case["X"].argmax(1) + 1 == case["y"]).double()),
    ScoreMistake("rounded_down", "The share is rounded down to a whole number.", "Divide with /, and not with //.",
                 lambda case: hits(case).mean().floor().reshape(1)),
    ScoreMistake("argmax_over_images", "The largest logit is sought among the images, and not among the classes.",
                 ARGMAX, _along_images),
    ScoreMistake("mean_of_largest_logits", "The largest logits are averaged, and not the right answers.", ARGMAX,
                 lambda case: case["X"].amax(1)),
)  # fmt: skip


def _written(name: str, case: Case, model: str = "model = nn.Identity()") -> str:
    return f"{model}\nX = {show(case['X'])}\ny = torch.tensor({case['y'].tolist()})\n{name}(model, X, y)"


def _inputs(case: Case) -> dict[str, Input]:
    return {key: Input.like(value) for key, value in case.items() if isinstance(value, torch.Tensor)}


def _score(name: str, watched: bool = False) -> Call:
    return Call("share", name, (Ref("model"), Ref("X"), Ref("y")), watched=watched)


TRAITS = {
    "all images are classified rightly": lambda case: bool(hits(case).all()),
    "no image is classified rightly": lambda case: not bool(hits(case).any()),
    "there is one image": lambda case: len(case["y"]) == 1,
    "there are as many images as classes": lambda case: case["X"].shape[0] == case["X"].shape[1],
}


def values(name: str, points: float) -> Property:
    """The share of the images of which the largest logit is that of their label."""

    def verify(case: Case, answers: Answers, number: Callable[[Case], torch.Tensor] = hits) -> None:
        got, want = plain_number(value_of(answers, "share")), number(case).double()
        if not is_mean(got, want):
            raise Wrong(f"{got:.6g}", f"{float(want.mean()):.6g}")

    def held_right(mistake: ScoreMistake) -> Misconception:
        def explains(case: Case, answers: Answers) -> bool:
            try:
                verify(case, answers, mistake.number)
            except Wrong:
                return False
            return True

        return Misconception(mistake.id, mistake.does, mistake.advice, explains, by_value=True)

    judge = judged_by(verify, lambda case: _written(name, case))
    not_a_number = observed(
        judge, "returns_each_hit", "What is returned says of each image whether it is right.", "Take the mean of it.",
        lambda case, answers: isinstance(one := value_of(answers, "share"), TensorValue) and one.data.numel() > 1,
    )  # fmt: skip
    return Property(
        "values",
        "The share of images whose largest logit is that of their label is right.",
        points, _scored(), lambda case: (Stage(_inputs(case), (Call("model", "torch.nn.Identity"), _score(name))),),
        judge, ARGMAX, 40, answer="share", traits=TRAITS,
        misconceptions=(*(held_right(one) for one in MISTAKES), not_a_number),
    )  # fmt: skip


def plain_float(name: str, points: float) -> Property:
    """The share is a plain float."""

    def verify(case: Case, answers: Answers) -> None:
        verify_mean(value_of(answers, "share"), hits(case))

    judge = judged_by(verify, lambda case: _written(name, case))
    return replace(
        values(name, points),
        id="float",
        sentence="What is returned is a plain float, and no tensor.",
        judge=judge,
        examples=12,
        cause=ITEM,
        misconceptions=(
            observed(
                judge, "returns_a_tensor", "A tensor is returned, and not a float.", "Call .item() on it.",
                lambda case, answers: isinstance(value_of(answers, "share"), TensorValue),
            ),
        ),
    )  # fmt: skip


# ------------------------------------------------------------------------------------- evaluation, without a trace

DROPOUT = 0.9


@st.composite
def _to_be_evaluated(draw: st.DrawFn) -> dict[str, Any]:
    """Such images and labels, the mode that the model is in, and batch norm's running mean.

    By the running mean the images' logits are moved: in training mode batch norm takes the batch's own mean.
    """
    case = draw(_scored().filter(lambda case: len(case["y"]) > 1))
    moved = draw(strategies.integers((case["X"].shape[1],)))
    kind, train = draw(st.sampled_from(("norm", "dropout", "both"))), draw(st.booleans())
    return {**case, "mean": moved, "kind": kind, "train": train}


def _moved(case: Case) -> torch.Tensor:
    """What the model makes the drawn logits of."""
    moved: torch.Tensor = case["X"] if case["kind"] == "dropout" else case["X"] + case["mean"]
    return moved


def _evaluated_model(case: Case) -> tuple[Step, ...]:
    """A model with its layers one level down: batch norm, dropout or both."""
    norm = (
        Call("norm", "torch.nn.BatchNorm1d", (case["X"].shape[1],), {"dtype": torch.float64}),
        Fill(Ref("norm", "running_mean"), Ref("mean")),
    )
    layers = {"norm": ("norm",), "dropout": ("dropout",), "both": ("norm", "dropout")}[case["kind"]]
    return (
        *(norm if "norm" in layers else ()),
        Call("dropout", "torch.nn.Dropout", (DROPOUT,)),
        Call("inner", "torch.nn.Sequential", tuple(Ref(layer) for layer in layers)),
        Call("model", "torch.nn.Sequential", (Ref("inner"),)),
        Call("mode", Ref("model", "train" if case["train"] else "eval")),
    )


def _written_model(name: str, case: Case) -> str:
    layers = {
        "norm": f"nn.BatchNorm1d({case['X'].shape[1]}, dtype=torch.float64)",
        "dropout": f"nn.Dropout({DROPOUT})",
    }
    wanted = [layer for key, layer in layers.items() if case["kind"] in (key, "both")]
    lines = [f"model = nn.Sequential(nn.Sequential({', '.join(wanted)}))"]
    if case["kind"] != "dropout":
        lines.append(f"model[0][0].running_mean.copy_({show(case['mean'])})")
    lines.append(f"model.{'train' if case['train'] else 'eval'}()")
    return _written(name, {**case, "X": _moved(case)}, "\n".join(lines))


MODES = {
    "the model is in training mode before": lambda case: bool(case["train"]),
    "the model is in evaluation mode before": lambda case: not case["train"],
    "the model has dropout": lambda case: case["kind"] != "norm",
    "the model has batch norm": lambda case: case["kind"] != "dropout",
}


def evaluation_mode(name: str, points: float) -> Property:
    """Dropout and batch norm act as in evaluation, whatever mode the model is in."""

    def verify(case: Case, answers: Answers) -> None:
        got = plain_number(value_of(answers, "share"))
        if not is_mean(got, hits(case)):
            raise Wrong(f"{got:.6g}", f"{float(hits(case).mean()):.6g}")

    def probe(case: Case) -> tuple[Stage, ...]:
        return (Stage(_inputs({**case, "X": _moved(case)}), (*_evaluated_model(case), _score(name))),)

    def left_in_training(case: Case, answers: Answers) -> bool:
        """Whether it is right in evaluation mode, and may be wrong in the other."""
        return bool(case["train"]) or judge(case, answers) is None

    judge = judged_by(verify, lambda case: _written_model(name, case))
    return Property(
        "eval_mode",
        "Dropout and batch norm act as in evaluation, whatever mode the model is in.",
        points, _to_be_evaluated(), probe, judge, EVALUATE, 30, answer="share", traits=MODES,
        misconceptions=(
            Misconception(
                "mode_left_as_it_is", "The model answers in whatever mode it is in.", EVALUATE, left_in_training
            ),
        ),
    )  # fmt: skip


def no_trace(name: str, points: float) -> Property:
    """Mode, parameters, running statistics, gradients, data and gradient mode are as before."""

    def probe(case: Case) -> tuple[Stage, ...]:
        classes = case["X"].shape[1]
        inputs = _inputs({**case, "X": _moved(case), "G": torch.full((classes,), 7.0, dtype=torch.float64)})
        steps: tuple[Step, ...] = (*_evaluated_model(case),)
        has_norm = case["kind"] != "dropout"
        if has_norm:
            steps += (SetGrad(Ref("norm", "weight"), Ref("G")),)
        steps += (_score(name, watched=True), Read("mode_after", Ref("model", "training")))
        steps += (Read("inner_mode_after", Ref("inner", "training")), Read("dropout_mode", Ref("dropout", "training")))
        if has_norm:
            steps += (
                Parameters("parameters", Ref("model")),
                Read("running_mean", Ref("norm", "running_mean")),
                Read("gradient", Ref("norm", "weight.grad")),
            )
        return (Stage(inputs, steps),)

    def verify(case: Case, answers: Answers) -> None:
        plain_number(value_of(answers, "share"))
        _verify_mode(case, answers)
        _verify_contents(case, answers)
        answer = answers["share"]
        assert isinstance(answer, Returned)
        changed = [words for words in answer.effects.changed_state if "random" not in words]
        if changed:
            raise Wrong(f"{' and '.join(changed)} changed by the call", "global settings as they were")
        data = [key for key in answer.effects.changed_inputs if key in ("X", "y")]
        if data:
            raise Wrong(f"{' and '.join(data)} changed by the call", "X and y as they were")
        if not is_mean(plain_number(answer.value), hits(case)):
            raise Wrong(f"{plain_number(answer.value):.6g}", f"{float(hits(case).mean()):.6g}", EVALUATE)

    def mode(answers: Answers) -> bool:
        return bool(value_of(answers, "mode_after"))

    judge = judged_by(verify, lambda case: _written_model(name, case))
    return Property(
        "no_trace",
        "The model is as before: its mode, parameters, running statistics and gradients, and so is the gradient mode.",
        points, _to_be_evaluated(), probe, judge, EVALUATE, 20, answer="share", traits=MODES,
        misconceptions=(
            Misconception(
                "left_in_evaluation_mode", "The model is left in evaluation mode.", EVALUATE,
                lambda case, answers: not mode(answers),
            ),
            Misconception(
                "left_in_training_mode", "The model is left in training mode, whatever it was in before.", EVALUATE,
                lambda case, answers: mode(answers),
            ),
        ),
    )  # fmt: skip


def _verify_mode(case: Case, answers: Answers) -> None:
    for key in ("mode_after", "inner_mode_after"):
        after = value_of(answers, key)
        if after is not case["train"]:
            words = {True: "training mode", False: "evaluation mode"}
            got = words[after] if isinstance(after, bool) else describe(after)
            raise Wrong(f"a model left in {got}", f"a model in {words[case['train']]}, as before", EVALUATE)


def _verify_contents(case: Case, answers: Answers) -> None:
    """Parameters, running statistics and gradients are what they were made as."""
    if case["kind"] == "dropout":
        return
    classes = case["X"].shape[1]
    held = value_of(answers, "parameters")
    wanted = {
        "0.0.weight": torch.ones(classes),
        "0.0.bias": torch.zeros(classes),
        "running_mean": case["mean"],
        "gradient": torch.full((classes,), 7.0),
    }
    for key, want in wanted.items():
        got = value_of(answers, key) if key in ("running_mean", "gradient") else held.get(key)
        if not isinstance(got, TensorValue) or not torch.equal(got.data.double(), want.double()):
            what = {"running_mean": "batch norm's running mean", "gradient": "a gradient from before"}.get(key, key)
            raise Wrong(f"{what} is {describe(got) if not isinstance(got, TensorValue) else show(got)}", show(want))
