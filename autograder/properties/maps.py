"""Properties of a student's function that returns what the layers of a network make of X, without a trace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers, Returned, TensorValue, describe
from autograder.probe.steps import Call, Input, Parameters, Read, Ref, SetGrad, Stage, Step
from autograder.properties.function_property import Judge, observed
from autograder.properties.networks import TRAITS, NetworkFunction, drawn, network, written_module
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


def _inputs(case: Case) -> dict[str, Input]:
    return {key: Input.like(value) for key, value in case.items() if isinstance(value, torch.Tensor)}


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
        lambda case: (Stage(_inputs(case), (*of.made(case), of.call())),),
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
    return (one_value, *(held_right(mistake) for mistake in of.mistakes))


def no_trace(of: MapsFunction, points: float) -> Property:
    """The maps need no gradients, and the model is as before: its mode, its parameters and its gradients."""
    functions = of.returning(of.maps)
    probed = of.parameters[0]

    @st.composite
    def strategy(draw: st.DrawFn) -> dict[str, Any]:
        case = draw(drawn(of.shapes))
        return {**case, "train": draw(st.booleans())}

    def probe(case: Case) -> tuple[Stage, ...]:
        steps = (
            *of.made(case),
            SetGrad(Ref("layer", probed), Ref("G")),
            Call("mode", Ref("layer", "train" if case["train"] else "eval")),
            of.call(watched=True),
            Read("mode_after", Ref("layer", "training")),
            Read("gradient", Ref("layer", f"{probed}.grad")),
            Parameters("parameters", Ref("layer")),
        )
        gradient = {"G": Input.like(torch.full_like(case[probed], 7.0))}
        return (Stage(_inputs(case) | gradient, steps),)

    def verify(case: Case, answers: Answers) -> None:
        returned = _returned(answers, of.parts)
        tensors = [one.verify(of.operands(case), got) for one, got in zip(functions, returned, strict=True)]
        if any(tensor.requires_grad for tensor in tensors):
            raise Wrong("maps that hold on to the graph", "maps without gradients", WITHOUT)
        if value_of(answers, "mode_after") is not case["train"]:
            raise Wrong("a model in another mode", "a model in the mode it was in")
        gradient, held = value_of(answers, "gradient"), value_of(answers, "parameters")
        if not isinstance(gradient, TensorValue) or not bool((gradient.data == 7).all()):
            raise Wrong(f"another gradient of {probed}", "gradients as they were")
        changed = [key for key in of.parameters if not torch.equal(held[key].data, case[key])]
        if changed:
            raise Wrong(f"{', '.join(changed)} changed by the call", "parameters as they were")
        effects = answers["Y"]
        assert isinstance(effects, Returned)
        settings = [words for words in effects.effects.changed_state if "random" not in words]
        changed = [*settings, *(key for key in effects.effects.changed_inputs if key == "X")]
        if changed:
            raise Wrong(f"{' and '.join(changed)} changed by the call", "X and global settings as they were")

    def graph_kept(case: Case, answers: Answers) -> bool:
        return any(isinstance(one, TensorValue) and one.requires_grad for one in _returned(answers, of.parts))

    judge = judged_by(verify, of.written)
    return Property(
        "no_trace",
        "The maps need no gradients, and the model is as before: its mode, parameters and gradients.",
        points,
        strategy(),
        probe,
        judge,
        "",
        10,
        misconceptions=(
            observed(judge, "graph_kept", "The maps hold on to the graph that they come from.", WITHOUT, graph_kept),
        ),
        traits=TRAITS,
    )


WITHOUT = "Compute under torch.no_grad(), or return first.detach(), second.detach()."
