"""Properties of a student's function that returns what the layers of a network make of X, without a trace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers, TensorValue, describe
from autograder.probe.steps import Call, Input, Parameters, Read, Ref, SetGrad, Stage, Step, inputs_of
from autograder.properties.function_property import Judge, observed
from autograder.properties.networks import TRAITS, NetworkFunction, drawn, network, written_module
from autograder.properties.no_trace import traces_of, verify_untouched
from autograder.properties.property import Misconception, Property, TensorWanted, Wrong, judged_by, value_of
from autograder.properties.strategies import Case, Shapes
from autograder.properties.tensor_function import Operands, ReferenceFailed, layer_made

Maps = Callable[..., tuple[torch.Tensor, ...]]


@dataclass(frozen=True)
class MapsMistake:
    """A mistake of this name, and what is returned then. does, advice: as in a Misconception."""

    id: str
    does: str
    advice: str
    maps: Maps


@dataclass(frozen=True)
class MapsFunction:
    """A student's ``name(model, X)`` that returns several maps of a module of theirs, or of one that is lent.

    module, arguments: what the model is made of, and with, for the drawn operands. maps: what is right, as a function
    of X and the parameters. parts: how many maps there are.
    """

    name: str
    module: str
    arguments: Callable[[Operands], tuple[Any, ...]]
    shapes: SearchStrategy[Shapes]
    parameters: Sequence[str]
    maps: Maps
    parts: int
    mistakes: tuple[MapsMistake, ...] = ()

    def returning(self, maps: Maps) -> list[NetworkFunction]:
        """What is right for each of the maps, where ``maps`` computes them."""
        return [
            network(self.module, self.arguments, self.shapes, _part_of(maps, part), self.parameters)
            for part in range(self.parts)
        ]

    def operands(self, case: Case) -> Operands:
        return {key: case[key] for key in ("X", *self.parameters)}

    def made(self, case: Case) -> tuple[Step, ...]:
        operands = self.operands(case)
        return layer_made(self.module, self.arguments(operands), self.parameters, case["X"].dtype)

    def call(self, watched: bool = False) -> Call:
        return Call("Y", self.name, (Ref("layer"), Ref("X")), watched=watched)

    def written(self, case: Case) -> str:
        operands = self.operands(case)
        recipe = f"{written_module(self.module, self.arguments(operands), operands)}\n{self.name}(model, X)"
        return replace(self.returning(self.maps)[0], recipe=lambda _: recipe).written(case)


def _part_of(maps: Maps, part: int) -> Callable[..., torch.Tensor]:
    return lambda *operands: maps(*operands)[part]


def _returned(answers: Answers, parts: int) -> tuple[Any, ...]:
    value = value_of(answers, "Y")
    if not isinstance(value, tuple) or len(value) != parts:
        raise Wrong(describe(value), f"{parts} tensors")
    return value


def shapes(of: MapsFunction, points: float) -> Property:
    """The maps have the right shapes, for several sides and channels."""

    def verify(case: Case, answers: Answers, maps: Maps | None = None) -> None:
        wanted = (maps or of.maps)(*of.operands(case).values())
        for got, want in zip(_returned(answers, of.parts), wanted, strict=True):
            TensorWanted(tuple(want.shape)).of(got)

    judge = judged_by(verify, of.written)
    return replace(
        values(of, points),
        id="shapes",
        sentence="There are as many maps as are asked for, each of the right shape.",
        judge=judge,
        examples=15,
        misconceptions=_mistakes(of, judge, verify),
    )


def values(of: MapsFunction, points: float) -> Property:
    """The maps have the right values."""
    functions = of.returning(of.maps)
    mistaken = {mistake.maps: of.returning(mistake.maps) for mistake in of.mistakes}

    def verify(case: Case, answers: Answers, maps: Maps | None = None) -> None:
        held = mistaken[maps] if maps else functions
        for function, got in zip(held, _returned(answers, of.parts), strict=True):
            function.verify(of.operands(case), got)

    judge = judged_by(verify, of.written)
    return Property(
        "values",
        "Every map is right, shape and values.",
        points,
        drawn(of.shapes),
        lambda case: (Stage(inputs_of(case), (*of.made(case), of.call())),),
        judge,
        examples=15,
        misconceptions=_mistakes(of, judge, verify),
        traits=TRAITS,
    )


def _mistakes(
    of: MapsFunction, judge: Judge, verify: Callable[[Case, Answers, Maps | None], None]
) -> tuple[Misconception, ...]:
    def held_right(mistake: MapsMistake) -> Misconception:
        def explains(case: Case, answers: Answers) -> bool:
            try:
                verify(case, answers, mistake.maps)
            except (Wrong, ReferenceFailed):
                return False
            return True

        return Misconception(mistake.id, mistake.does, mistake.advice, explains, by_value=True)

    one_value = observed(
        judge, "one_value_only", f"One tensor is returned where {of.parts} are asked for.",
        "Return them all, with commas between them.",
        lambda case, answers: isinstance(value_of(answers, "Y"), TensorValue),
    )  # fmt: skip
    first_axis = observed(
        judge, "images_axis_lost", "The maps have no axis for the images.", "Return the maps of all images.",
        lambda case, answers: all(
            isinstance(got, TensorValue) and tuple(got.data.shape) == tuple(want.shape[1:])
            for got, want in zip(_returned(answers, of.parts), of.maps(*of.operands(case).values()), strict=True)
        ),
    )  # fmt: skip
    return (one_value, first_axis, *(held_right(mistake) for mistake in of.mistakes))


def no_trace(of: MapsFunction, points: float) -> Property:
    """The maps need no gradients, and the model is as before: mode, parameters, gradients and hooks."""
    functions = of.returning(of.maps)
    probed = of.parameters[0]
    modules = ("", *dict.fromkeys(key.partition(".")[0] for key in of.parameters))

    def hooks(when: str) -> tuple[Read, ...]:
        return tuple(Read(f"hooks_{when}_{one}", Ref("layer", f"{one}._forward_hooks".lstrip("."))) for one in modules)

    def probe(case: Case) -> tuple[Stage, ...]:
        steps = (
            *of.made(case),
            SetGrad(Ref("layer", probed), Ref("G")),
            Call("mode", Ref("layer", "train" if case["train"] else "eval")),
            *hooks("before"),
            of.call(watched=True),
            *hooks("after"),
            Read("mode_after", Ref("layer", "training")),
            Read("gradient", Ref("layer", f"{probed}.grad")),
            Parameters("parameters", Ref("layer")),
        )
        gradient = {"G": Input.like(torch.full_like(case[probed], GRADIENT))}
        return (Stage(inputs_of(case) | gradient, steps),)

    def frozen(answers: Answers) -> list[str]:
        held = value_of(answers, "parameters")
        return [key for key in of.parameters if not held[key].requires_grad]

    def hooked(answers: Answers) -> list[str]:
        return [
            one for one in modules if _count(answers, f"hooks_after_{one}") > _count(answers, f"hooks_before_{one}")
        ]

    def verify(case: Case, answers: Answers) -> None:
        returned = _returned(answers, of.parts)
        tensors = [one.verify(of.operands(case), got) for one, got in zip(functions, returned, strict=True)]
        if any(tensor.requires_grad for tensor in tensors):
            raise Wrong("maps that hold on to the graph", "maps without gradients", WITHOUT)
        if value_of(answers, "mode_after") is not case["train"]:
            raise Wrong("a model in another mode", "a model in the mode it was in")
        gradient, held = value_of(answers, "gradient"), value_of(answers, "parameters")
        if not isinstance(gradient, TensorValue) or not bool((gradient.data == GRADIENT).all()):
            raise Wrong(f"another gradient of {probed}", "gradients as they were")
        changed = [key for key in of.parameters if not torch.equal(held[key].data, case[key])]
        if changed:
            raise Wrong(f"{', '.join(changed)} changed by the call", "parameters as they were")
        if frozen(answers):
            raise Wrong(f"{frozen(answers)[0]} without requires_grad", "parameters as they were", WITHOUT)
        if hooked(answers):
            raise Wrong("a hook that stays on the model", "a model without hooks, as before", UNHOOK)
        verify_untouched(answers, "Y", ("X",))

    def graph_kept(case: Case, answers: Answers) -> bool:
        return any(isinstance(one, TensorValue) and one.requires_grad for one in _returned(answers, of.parts))

    def seen(id: str, does: str, advice: str, shows: Callable[[Case, Answers], bool]) -> Misconception:
        return observed(judge, id, does, advice, shows)

    judge = judged_by(verify, of.written)
    return Property(
        "no_trace",
        "The maps need no gradients, and the model is as before: its mode, parameters, gradients and hooks.",
        points,
        st.tuples(drawn(of.shapes), st.booleans()).map(lambda both: {**both[0], "train": both[1]}),
        probe,
        judge,
        WITHOUT,
        10,
        misconceptions=(
            seen("graph_kept", "The maps hold on to the graph that they come from.", WITHOUT, graph_kept),
            seen(
                "left_in_evaluation_mode", "The model is left in evaluation mode.",
                "Leave the mode as it is, or put it back.",
                lambda case, answers: value_of(answers, "mode_after") is False,
            ),
            seen(
                "parameters_frozen", "The parameters ask for no gradients any more.", WITHOUT,
                lambda case, answers: bool(frozen(answers)),
            ),
            seen(
                "leaves_hooks", "A hook stays on the model, and acts in every later call.", UNHOOK,
                lambda case, answers: bool(hooked(answers)),
            ),
            *traces_of(judge, "Y", ("X",), "The call"),
        ),
        traits=TRAITS,
    )  # fmt: skip


def _count(answers: Answers, name: str) -> int:
    held = value_of(answers, name)
    return len(held) if isinstance(held, dict) else 0


GRADIENT = 7.0  # left in the model by somebody else
WITHOUT = "Compute under torch.no_grad(), or return first.detach(), second.detach()."
UNHOOK = "handle = layer.register_forward_hook(...) is taken off again by handle.remove()."
