"""Properties of a student's ``accuracy(model, X, y)``: it evaluates the model, and leaves no trace in it."""

from typing import Any

import torch
from hypothesis import strategies as st

from autograder.probe.answers import Answers, TensorValue, describe
from autograder.probe.steps import Call, Fill, Parameters, Read, Ref, SetGrad, Stage, Step, inputs_of
from autograder.properties import strategies
from autograder.properties.function_property import observed
from autograder.properties.no_trace import traces_of, verify_untouched
from autograder.properties.property import Misconception, Property, Wrong, judged_by, show, value_of
from autograder.properties.scoring import dense, hits, images, score, scored, written
from autograder.properties.shares import is_mean, number_of, read_number
from autograder.properties.strategies import Case

EVALUATE = "Call model.eval() first, and model.train(mode) afterwards with the mode that model.training told before."
DROPOUT = 0.9
GRADIENT = 7.0  # left in the model by somebody else
FROZEN = "Compute under torch.no_grad(), and leave requires_grad as it is."


@st.composite
def _to_be_evaluated(draw: st.DrawFn) -> dict[str, Any]:
    """Such images and labels, the mode that the model is in, and batch norm's running mean.

    By the running mean the images' logits are moved: in training mode batch norm takes the batch's own mean.
    """
    case = draw(scored().filter(lambda case: len(case["y"]) > 1))
    moved = draw(strategies.integers((case["X"].shape[1],)))
    kind, train = draw(st.sampled_from(("norm", "dropout", "both"))), draw(st.booleans())
    return {**case, "mean": moved, "kind": kind, "train": train}


def _moved(case: Case) -> torch.Tensor:
    """What the model makes the drawn logits of."""
    return images(case) if case["kind"] == "dropout" else images(case) + case["mean"]


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
        *dense(case, "inner"),
        Call("mode", Ref("model", "train" if case["train"] else "eval")),
    )


def _written_model(name: str, case: Case) -> str:
    layers = {
        "norm": f"nn.BatchNorm1d({case['X'].shape[1]}, dtype=torch.float64)",
        "dropout": f"nn.Dropout({DROPOUT})",
    }
    wanted = [layer for key, layer in layers.items() if case["kind"] in (key, "both")]
    lines = [f"inner = nn.Sequential({', '.join(wanted)})"]
    if case["kind"] != "dropout":
        lines.append(f"inner[0].running_mean.copy_({show(case['mean'])})")
    call = written(name, case, _moved(case), "inner").splitlines()
    mode = f"model.{'train' if case['train'] else 'eval'}()"
    return "\n".join([*lines, *call[:-1], mode, call[-1]])


MODES = {
    "the model is in training mode before": lambda case: bool(case["train"]),
    "the model is in evaluation mode before": lambda case: not case["train"],
    "the model has dropout": lambda case: case["kind"] != "norm",
    "the model has batch norm": lambda case: case["kind"] != "dropout",
}


def _hits_in_training(case: Case) -> torch.Tensor:
    """Which images are classified rightly by the logits that batch norm makes of the batch's own mean and variance."""
    normed = torch.nn.functional.batch_norm(_moved(case), None, None, training=True)
    right: torch.Tensor = normed.roll(1, 1).argmax(1) == case["y"]
    return right.double()


def evaluation_mode(name: str, points: float) -> Property:
    """Dropout and batch norm act as in evaluation, whatever mode the model is in."""

    def verify(case: Case, answers: Answers) -> None:
        got = number_of(answers, "share")
        if not is_mean(got, hits(case)):
            raise Wrong(f"{got:.6g}", f"{float(hits(case).mean()):.6g}")

    def probe(case: Case) -> tuple[Stage, ...]:
        return (
            Stage(inputs_of({**case, "X": _moved(case)}), (*_evaluated_model(case), score(name), read_number("share"))),
        )

    def in_training(case: Case, answers: Answers) -> bool:
        """Whether it is what comes of batch norm in training mode; of dropout anything may."""
        value_of(answers, "share")
        return case["kind"] != "norm" or is_mean(number_of(answers, "share"), _hits_in_training(case))

    def as_it_is(case: Case, answers: Answers) -> bool:
        return in_training(case, answers) if case["train"] else judge(case, answers) is None

    judge = judged_by(verify, lambda case: _written_model(name, case))
    return Property(
        "eval_mode",
        "Dropout and batch norm act as in evaluation, whatever mode the model is in.",
        points, _to_be_evaluated(), probe, judge, EVALUATE, 30, answer="share", traits=MODES,
        misconceptions=(
            Misconception(
                "mode_left_as_it_is", "The model answers in whatever mode it is in.", EVALUATE, as_it_is
            ),
            Misconception(
                "in_training_mode", "The model answers in training mode.", EVALUATE, in_training
            ),
        ),
    )  # fmt: skip


def no_trace(name: str, points: float) -> Property:
    """Mode, parameters, running statistics, gradients, data and gradient mode are as before."""

    def probe(case: Case) -> tuple[Stage, ...]:
        classes = case["X"].shape[1]
        gradient = torch.full((classes, classes), GRADIENT, dtype=torch.float64)
        steps = (
            *_evaluated_model(case),
            SetGrad(Ref("dense", "weight"), Ref("G")),
            score(name, watched=True),
            Read("mode_after", Ref("model", "training")),
            Read("inner_mode_after", Ref("inner", "training")),
            Parameters("parameters", Ref("model")),
            Read("gradient", Ref("dense", "weight.grad")),
            *((Read("running_mean", Ref("norm", "running_mean")),) if case["kind"] != "dropout" else ()),
            read_number("share"),
        )
        return (Stage(inputs_of({**case, "X": _moved(case), "G": gradient}), steps),)

    def verify(case: Case, answers: Answers) -> None:
        number_of(answers, "share")
        _verify_mode(case, answers)
        _verify_contents(case, answers)
        verify_untouched(answers, "share", ("X", "y"))
        got = number_of(answers, "share")
        if not is_mean(got, hits(case)):
            raise Wrong(f"{got:.6g}", f"{float(hits(case).mean()):.6g}", EVALUATE)

    def modes(answers: Answers) -> set[Any]:
        return {value_of(answers, "mode_after"), value_of(answers, "inner_mode_after")}

    judge = judged_by(verify, lambda case: _written_model(name, case))
    return Property(
        "no_trace",
        "The model is as before: its mode, parameters, running statistics and gradients, and so is the gradient mode.",
        points, _to_be_evaluated(), probe, judge, EVALUATE, 20, answer="share", traits=MODES,
        misconceptions=(
            Misconception(
                "left_in_evaluation_mode", "The model is left in evaluation mode.", EVALUATE,
                lambda case, answers: False in modes(answers),
            ),
            Misconception(
                "left_in_training_mode", "The model is left in training mode, whatever it was in before.", EVALUATE,
                lambda case, answers: True in modes(answers),
            ),
            observed(
                judge, "leaves_gradients", "The model's gradients are others than before.",
                "Neither zero_grad() nor backward() has a place here.",
                lambda case, answers: not _kept_gradient(answers),
            ),
            observed(
                judge, "parameters_frozen", "The parameters ask for no gradients any more.", FROZEN,
                lambda case, answers: bool(_frozen(answers)),
            ),
            *traces_of(judge, "share", ("X", "y"), "The call"),
        ),
    )  # fmt: skip


def _verify_mode(case: Case, answers: Answers) -> None:
    for key in ("mode_after", "inner_mode_after"):
        after = value_of(answers, key)
        if after is not case["train"]:
            words = {True: "training mode", False: "evaluation mode"}
            got = words[after] if isinstance(after, bool) else describe(after)
            raise Wrong(f"a model left in {got}", f"a model in {words[case['train']]}, as before", EVALUATE)


def _parameters(answers: Answers) -> dict[str, TensorValue]:
    held = value_of(answers, "parameters")
    items = held.items() if isinstance(held, dict) else ()
    return {key: one for key, one in items if isinstance(one, TensorValue)}


def _kept_gradient(answers: Answers) -> bool:
    got = value_of(answers, "gradient")
    return isinstance(got, TensorValue) and bool((got.data == GRADIENT).all())


def _frozen(answers: Answers) -> list[str]:
    """The parameters that ask for no gradients any more."""
    return [key for key, one in _parameters(answers).items() if not one.requires_grad]


def _verify_contents(case: Case, answers: Answers) -> None:
    """Parameters, running statistics and gradients are what they were made as."""
    if _frozen(answers):
        raise Wrong(f"{' and '.join(_frozen(answers))} without requires_grad", "parameters as they were", FROZEN)
    classes = case["X"].shape[1]
    found: dict[str, Any] = {**_parameters(answers), "its gradient": value_of(answers, "gradient")}
    wanted = {"1.weight": torch.eye(classes).roll(1, 0), "its gradient": torch.full((classes, classes), GRADIENT)}
    if case["kind"] != "dropout":
        found |= {"the running mean": value_of(answers, "running_mean")}
        wanted |= {
            "the running mean": case["mean"],
            "0.0.weight": torch.ones(classes),
            "0.0.bias": torch.zeros(classes),
        }
    for key, want in wanted.items():
        got = found.get(key)
        if not isinstance(got, TensorValue) or not torch.equal(got.data.double(), want.double()):
            raise Wrong(f"{key} is {show(got.data) if isinstance(got, TensorValue) else describe(got)}", show(want))
