"""A student's convolutional network, as the properties see it: drawn parameters, right values, right gradients.

Values. ReLU and max-pooling change no two numbers by more than they differ themselves, and leave what is not negative
as large as it was. So the bound of sums of products goes through them: if every number that comes into a layer of n
products and a bias is within gamma_m · M, with M the network of the absolute values so far, then what comes out is
within gamma_(m+n+1) · (|W|·M + |b|) (Higham, section 3.1 and lemma 3.3), and neither ReLU nor a maximum makes that
worse. Hence the magnitude is the reference of the absolute values, as for one sum of products, and the terms are those
of all layers, one after the other. Gradients: see :mod:`autograder.properties.piece`.

The batches are small: for 16 images and more PyTorch may convolve by transforms, which keep no such bound.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers
from autograder.probe.steps import Call, DeviceName, Read, Ref, Stage, Step
from autograder.properties import functions
from autograder.properties.function_property import observed
from autograder.properties.piece import pull_back
from autograder.properties.property import Finding, Property, Trait, no_grids, value_of
from autograder.properties.remembered import Remembered
from autograder.properties.strategies import Case, Shape, Shapes
from autograder.properties.tensor_function import (
    Mistake,
    Operands,
    ReferenceFailed,
    TensorFunction,
    layer_gradients,
    layer_made,
)
from autograder.properties.tolerance import Expected
from autograder.results import Grid

# Of weights of LeNet's size: what comes out of each layer is about as large as what goes in.
LARGEST, DENOMINATOR = 99, 400
SEED = "seed"
EVAL = "Leave eval() and train() to whoever calls the model."

_WANTED = Remembered[Expected](8192)
_GRADIENTS = Remembered[tuple[list[Expected], bool]](2048)


@dataclass(frozen=True)
class NetworkFunction(TensorFunction):
    """A function of X and a module's parameters. ``recipe`` writes down what is called, for the drawn operands."""

    recipe: Callable[[Operands], str] = field(default=lambda operands: "")

    def stage(self, operands: Operands, device: DeviceName = "cpu", grad: bool = False, name: str = "Y") -> Stage:
        return super().stage(self.operands(operands), device, grad, name)

    def wanted(self, operands: Operands) -> Expected:
        own = self.operands(operands)
        want = _WANTED.of((self.reference, *own.values()), lambda: self._wanted(own))
        return want if self.then is None else replace(want, value=self.then(want.value))

    def _wanted(self, operands: Operands) -> Expected:
        exact = [operand.double() for operand in operands.values()]
        try:
            value, magnitude = self.reference(*exact), self.reference(*(operand.abs() for operand in exact))
        except Exception as error:
            raise ReferenceFailed(
                f"The reference of {self.call} cannot be computed: {type(error).__name__}: {error}.",
                f"It was asked for {', '.join(f'{name} {tuple(one.shape)}' for name, one in operands.items())}.",
                "Mend it in questions.py, or draw other shapes. No answer can be judged by it.",
            ) from error
        return Expected(value, magnitude, _terms_forward(operands))

    def wanted_gradients(self, operands: Operands, upstream: torch.Tensor) -> dict[str, Expected]:
        own = self.operands(operands)
        return dict(zip(own, self._pulled_back(own, upstream)[0], strict=True))

    def is_decided(self, operands: Operands, upstream: torch.Tensor) -> bool:
        """Whether every ReLU and every maximum has a clear choice, so that the gradient is one number."""
        return not self._pulled_back(self.operands(operands), upstream)[1]

    def _pulled_back(self, operands: Operands, upstream: torch.Tensor) -> tuple[list[Expected], bool]:
        def compute() -> tuple[list[Expected], bool]:
            terms = _terms_forward(operands) + _terms_backward(operands)
            return pull_back(self.reference, [*operands.values()], upstream, terms, upstream.dtype)

        return _GRADIENTS.of((self.reference, *operands.values(), upstream), compute)

    def written(self, operands: Mapping[str, Any]) -> str:
        own = self.operands(operands)
        dtype = next(iter(own.values())).dtype
        drawn = "\n".join(f"{name} = drawn{tuple(one.shape)}" for name, one in own.items() if "." not in name)
        return f"{written_drawing(operands[SEED], dtype)}\n{drawn}\n{self.recipe(own)}"

    def prove(self, cases: Sequence[Case]) -> None:
        """Raises ReferenceFailed unless the reference answers the cases."""
        for case in cases:
            self.wanted(case)

    def simpler(self, case: Case) -> Any:
        """Nothing: a network fits together as it is."""
        return iter(())

    def picture(self, case: Case, answers: Any) -> tuple[Grid, ...]:
        """Nothing: there are too many numbers to look at."""
        return ()


def _terms_forward(operands: Operands) -> int:
    """The numbers that are added along a path through all layers: for each the products of an output, and a bias."""
    return sum(weight[0].numel() + 1 for name, weight in operands.items() if _is_weight(name))


def _terms_backward(operands: Operands) -> int:
    """The same for a path back: the outputs that an input takes part in; at the end all images and places."""
    x = next(iter(operands.values()))
    return sum(weight[:, 0].numel() for name, weight in operands.items() if _is_weight(name)) + x.numel()


def _is_weight(name: str) -> bool:
    return name.endswith("weight")


def network(
    name: str,
    arguments: Callable[[Operands], tuple[Any, ...]],
    shapes: SearchStrategy[Shapes],
    reference: Callable[..., torch.Tensor],
    parameters: Sequence[str],
    mistakes: tuple[Mistake, ...] = (),
) -> NetworkFunction:
    """A student's module, made with ``arguments``, given parameters, and called on X."""

    def steps(operands: Operands, device: DeviceName) -> tuple[Step, ...]:
        made = layer_made(name, arguments(operands), parameters, operands["X"].dtype, device)
        return (*made, Call("Y", Ref("layer"), (Ref("X"),)))

    return NetworkFunction(
        f"{name}(...)(X)", shapes, reference, steps, layer_gradients(parameters), mistakes=mistakes,
        recipe=lambda operands: f"{written_module(name, arguments(operands), operands)}\nmodel(X)",
    )  # fmt: skip


def written_drawing(seed: int, dtype: torch.dtype) -> str:
    """How the numbers of :func:`drawn` are made, as a student would type it."""
    return (
        f"generator = torch.Generator().manual_seed({seed})\n"
        f"def drawn(*shape):\n"
        f"    numbers = torch.randint({-LARGEST}, {LARGEST + 1}, shape, generator=generator)\n"
        f"    return (numbers.double() / {DENOMINATOR}).to({dtype})"
    )


def written_module(name: str, arguments: tuple[Any, ...], operands: Operands) -> str:
    """The module with its drawn parameters, as a student would make it."""
    filled = [f"    model.{key}.copy_(drawn{tuple(one.shape)})" for key, one in operands.items() if "." in key]
    made_with = ", ".join(repr(argument) for argument in arguments)
    made = f"model = {name}({made_with}).to({next(iter(operands.values())).dtype})"
    return "\n".join([made, "with torch.no_grad():", *filled])


@st.composite
def drawn(
    draw: st.DrawFn, shapes: SearchStrategy[Shapes], dtypes: Sequence[torch.dtype] = (torch.float64,)
) -> dict[str, Any]:
    """A tensor of each shape, all of one dtype, made from a drawn seed: there are too many elements to draw each.

    Of whole numbers by a common denominator: PyTorch's generator gives the same ones on every machine.
    """
    sizes, dtype, seed = draw(shapes), draw(st.sampled_from(dtypes)), draw(st.integers(0, 2**31 - 1))
    generator = torch.Generator().manual_seed(seed)
    return {**{name: _numbers(size, generator, dtype) for name, size in sizes.items()}, SEED: seed}


def _numbers(shape: Shape, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> torch.Tensor:
    return (torch.randint(-LARGEST, LARGEST + 1, shape, generator=generator).double() / DENOMINATOR).to(dtype)


def _drawn_with_gradient(of: NetworkFunction) -> SearchStrategy[dict[str, Any]]:
    """Such operands in float64 and an upstream gradient G, with every choice of the network clear."""

    def with_gradient(case: dict[str, Any]) -> dict[str, Any]:
        generator = torch.Generator().manual_seed(case[SEED] + 1)
        return {**case, "G": _numbers(tuple(of.wanted(case).value.shape), generator)}

    return drawn(of.shapes).map(with_gradient).filter(lambda case: of.is_decided(case, case["G"]))


EVERY_OUTPUT = "Every output is right, whatever numbers the parameters hold."

TRAITS: Mapping[str, Trait] = {
    "there is one image": lambda case: len(case["X"]) == 1,
    "there are several images": lambda case: len(case["X"]) > 1,
    "the inputs are float32": lambda case: case["X"].dtype == torch.float32,
    "the inputs are float64": lambda case: case["X"].dtype == torch.float64,
}


def _asked(of: NetworkFunction, item: Property, sentence: str, *dtypes: torch.dtype) -> Property:
    """A property of tensor functions, asked of a network."""
    return replace(item, sentence=sentence, strategy=drawn(of.shapes, dtypes), traits=TRAITS, picture=no_grids)


def values(
    of: NetworkFunction, points: float, *, sentence: str = EVERY_OUTPUT, cause: str = "", examples: int = 24
) -> Property:
    """Right values, mostly in float64, in which a wrong one is told from rounding."""
    item = functions.values(of, points, cause=cause, examples=examples)
    return _asked(of, item, sentence, torch.float64, torch.float64, torch.float32)


def dtype_kept(of: NetworkFunction, points: float) -> Property:
    """The output has X's dtype, once the module's parameters have it."""
    sentence = "A model of float64 answers in float64, and one of float32 in float32."
    return replace(_asked(of, functions.dtype_kept(of, points), sentence, torch.float64, torch.float32), examples=10)


def device_kept(of: NetworkFunction, points: float) -> Property:
    """The output is on the device that X and the module are on."""
    sentence = "The output is on the model's device: what works on the CPU works on a GPU."
    return replace(_asked(of, functions.device_kept(of, points), sentence, torch.float64), examples=4)


def pure(of: NetworkFunction, points: float) -> Property:
    """A call leaves its inputs, random states, settings and the module's mode alone, and a second one answers alike."""
    item = functions.pure(of, points)
    sentence = "The inputs, PyTorch's global settings and the model's mode are the same after the call as before."
    mode = Stage({}, (Read("mode_after", Ref("layer", "training")),))

    def judge(case: Case, answers: Answers) -> Finding | None:
        finding = item.judge(case, answers)
        if finding is None and value_of(answers, "mode_after") is not True:
            return Finding(of.written(case), "a model in evaluation mode", "a model in training mode, as before", EVAL)
        return finding

    switches = observed(
        judge, "switches_mode", "A call puts the model into another mode.", EVAL,
        lambda case, answers: value_of(answers, "mode_after") is not True,
    )  # fmt: skip
    return replace(
        _asked(of, item, sentence, torch.float64),
        probe=lambda case: (*item.probe(case), mode),
        judge=judge,
        examples=10,
        misconceptions=(switches, *item.misconceptions),
    )


def gradients(of: NetworkFunction, points: float) -> Property:
    """X and every parameter get autograd's gradients."""
    item = functions.gradients(of, points)
    sentence = "Gradients flow back to X and to every parameter, with autograd's values."
    strategy = _drawn_with_gradient(of)
    return replace(item, sentence=sentence, strategy=strategy, traits=TRAITS, picture=no_grids, examples=12)
