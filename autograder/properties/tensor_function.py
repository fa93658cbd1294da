"""A student's function (or layer) from tensors to a tensor, as the properties see it: how to call it, what is right."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from hypothesis.strategies import SearchStrategy

from autograder.errors import AutograderError
from autograder.probe.answers import Answers, TensorValue, describe
from autograder.probe.steps import Call, Device, DeviceName, Fill, Input, Ref, Stage, Step
from autograder.properties.oracle import Reference, expected, expected_gradients
from autograder.properties.pictures import answer_grids
from autograder.properties.property import Likeness, TensorWanted, Wrong, layouts, show, value_of
from autograder.properties.strategies import Case, Shapes
from autograder.properties.tolerance import Expected, working_dtype
from autograder.results import Grid

Operands = Mapping[str, torch.Tensor]


class ReferenceFailed(AutograderError):
    """The instructor's own reference has no answer: a fault of the question, and of nobody who answers it."""


@dataclass(frozen=True)
class Mistake:
    """What code computes that makes a mistake of this name.

    does, advice: as in a :class:`Misconception`. reference: what it computes in place of the right reference, a sum of
    products like that one; it may raise where such code would. then: what it does to each element afterwards.
    refuses: whether an error is all that it is seen by.
    """

    id: str
    does: str
    advice: str
    reference: Reference
    then: Callable[[torch.Tensor], torch.Tensor] | None = None
    refuses: bool = False


@dataclass(frozen=True)
class TensorFunction:
    """A student's function of tensors, and what it should return.

    call: how a call reads, ``"corr2d(X, K)"``. shapes: draws the operands' shapes by name, in the reference's order.
    steps: from the operands to the step ``Y``, on a device. gradients: where each operand's gradient then stands.
    part: which of the returned values is meant, where the function returns several. mistakes: what wrong code may
    compute instead. then: what is done to each element of the reference's output. fixed:
    tensors of the formula itself, which the reference takes after the operands, and the function is not given. terms:
    how many products are added for one output, where the reference of ones does not tell, as in a mean. norms: what the
    reference makes of its operands' norms, where it does not tell itself, as with zeros around an image.
    """

    call: str
    shapes: SearchStrategy[Shapes]
    reference: Reference
    steps: Callable[[Operands, DeviceName], tuple[Step, ...]]
    gradients: Mapping[str, Ref]
    part: int | None = None
    parts: int = 1
    mistakes: tuple[Mistake, ...] = ()
    then: Callable[[torch.Tensor], torch.Tensor] | None = None
    fixed: Operands = field(default_factory=dict)
    terms: Callable[[Operands], int] | None = None
    norms: Reference | None = None

    def computed(self, operands: Operands) -> torch.Tensor:
        """The reference of the operands, and of those that are fixed, as they are."""
        return self.reference(*operands.values(), *self.fixed.values())

    def mistaking(self, mistake: Mistake) -> "TensorFunction":
        """The same function for somebody who holds the mistake to be right."""
        return replace(self, reference=mistake.reference, then=mistake.then, mistakes=())

    def operands(self, case: Case) -> Operands:
        """The function's own operands among a case's values."""
        return {name: case[name] for name in self.gradients}

    def stage(self, operands: Operands, device: DeviceName = "cpu", grad: bool = False, name: str = "Y") -> Stage:
        """The stage that calls the function on the operands."""
        inputs = {key: Input.like(tensor, device=device, requires_grad=grad) for key, tensor in operands.items()}
        steps = self.steps(operands, device)
        if name != "Y":
            steps = tuple(_renamed(step, name) for step in steps)
        return Stage(inputs, steps)

    def output(self, answers: Answers, name: str = "Y") -> Any:
        """The returned value that is meant; raises Wrong when the call raised or returned another number of values."""
        value = value_of(answers, name)
        if self.part is None:
            return value
        if not isinstance(value, tuple) or len(value) != self.parts:
            raise Wrong(describe(value), f"{self.parts} values")
        return value[self.part]

    def output_ref(self) -> Ref:
        """The same value, beside the student's code."""
        return Ref("Y") if self.part is None else Ref("Y", str(self.part))

    def wanted(self, operands: Operands) -> Expected:
        try:
            want = expected(self.reference, [*operands.values(), *self.fixed.values()], self.norms)
        except Exception as error:
            asked = ", ".join(f"{name} of shape {tuple(tensor.shape)}" for name, tensor in operands.items())
            raise ReferenceFailed(
                f"The reference of {self.call} cannot be computed: {type(error).__name__}: {error}.",
                f"It was asked for {asked}.",
                "Mend it in questions.py, or draw other shapes. No answer can be judged by it.",
            ) from error
        if bool((want.value.abs() > want.magnitude * (1 + 1e-9)).any()):
            raise ReferenceFailed(
                f"The reference of {self.call} is no sum of products of its operands.",
                "It gives less for the operands' absolute values than for the operands: no error bound follows.",
                "Numbers that the formula itself has, such as a kernel, are to be named in function(..., fixed=...).",
            )
        if self.terms is not None:
            want = replace(want, terms=self.terms(operands))
        return want if self.then is None else replace(want, value=self.then(want.value))

    def wanted_gradients(self, operands: Operands, upstream: torch.Tensor) -> dict[str, Expected]:
        """The gradient for an upstream gradient, of each operand that takes part."""
        every = expected_gradients(self.reference, {**operands, **self.fixed}, upstream, self.norms)
        return {name: every[name] for name in self.gradients if name in every}

    def written(self, operands: Operands) -> str:
        """The call and its operands, as the student would type them."""
        own = self.operands(operands)
        lines = [f"{name} = {show(tensor)}" for name, tensor in own.items()]
        note = layouts(own)
        return "\n".join([*lines, self.call] + ([f"({note})"] if note else []))

    def verify(self, operands: Operands, value: Any) -> TensorValue:
        """``value`` as the right tensor for the operands; raises Wrong when it is none."""
        return verify_tensor(value, self.wanted(operands), next(iter(operands.values())).dtype)

    def is_right(self, case: Case, answers: Answers, name: str = "Y") -> bool:
        """Whether the answer to a case has the right values."""
        try:
            self.verify(self.operands(case), self.output(answers, name))
        except Wrong:
            return False
        return True

    def prove(self, cases: Sequence[Case]) -> None:
        """Raises ReferenceFailed unless the reference answers the cases, and their error bound can be trusted."""
        for case in cases:
            missing = [name for name in self.gradients if not isinstance(case.get(name), torch.Tensor)]
            if missing:
                raise ReferenceFailed(
                    f"{self.call} has no tensor {' and no '.join(missing)} to be called with.",
                    f"What is drawn is {', '.join(case)}.",
                    "Give function(..., arguments=...) the names that the shapes have.",
                )
            want, operands = self.wanted(self.operands(case)), self.operands(case)
            if want.value.numel() and want.terms < self._terms_of(operands):
                raise ReferenceFailed(
                    f"The reference of {self.call} adds more products than its error bound counts.",
                    f"It counts {want.terms}, the reference of ones; numbers below 1 in the formula hide the others.",
                    "Say how many there are: function(..., terms=lambda operands: ...).",
                )
        if all(not self.wanted(self.operands(case)).value.numel() for case in cases):
            raise ReferenceFailed(
                f"Every output of {self.call} is empty.", "The drawn shapes leave nothing to compute.", "Draw others."
            )

    def _terms_of(self, operands: Operands) -> int:
        """The largest number of one operand's elements that an output depends on: at least so many are added."""
        ones = [torch.ones_like(tensor, dtype=torch.float64) for tensor in operands.values()]

        def computed(*tensors: torch.Tensor) -> torch.Tensor:
            return self.computed(dict(zip(operands, tensors, strict=True))).reshape(-1)

        jacobians = torch.autograd.functional.jacobian(computed, tuple(ones))  # type: ignore[no-untyped-call]
        counts = [int((one != 0).flatten(1).sum(1).max()) for one in jacobians if one.numel()]
        return max(counts, default=0)

    def simpler(self, case: Case) -> Iterator[Operands]:
        """The operands without their first or last channel, row or column: of all alike, or of the first alone.

        Hypothesis would have to draw all elements anew for another shape, and so may stop at a large one.
        """
        first, *_ = operands = self.operands(case)
        for names in (tuple(operands), (first,)):
            for axis in (-3, -2, -1):
                for start in (1, 0):
                    smaller = {name: _cut(one, axis, start) if name in names else one for name, one in operands.items()}
                    is_smaller = any(smaller[name] is not one for name, one in operands.items())
                    if is_smaller and self._is_defined(smaller):
                        yield smaller

    def _is_defined(self, operands: Operands) -> bool:
        try:
            return all(one.numel() for one in operands.values()) and self.wanted(operands).value.numel() > 0
        except ReferenceFailed:
            return False

    def likeness(self, case: Case, answers: Answers) -> Likeness | None:
        """In what the output is like the right one; None where it is no tensor."""
        operands = self.operands(case)
        output = _output_or_none(self, answers)
        return None if output is None else _likeness(output, self.wanted(operands), operands)

    def picture(self, case: Case, answers: Answers) -> tuple[Grid, ...]:
        """The operands and the output beside the right one; nothing where the output is right."""
        operands = self.operands(case)
        want = self.wanted(operands)
        output = _output_or_none(self, answers)
        wrong = None
        if output is not None and output.shape == want.value.shape and not output.is_complex():
            wrong = want.worst(output.double(), working_dtype(next(iter(operands.values())).dtype, output.dtype))
            if wrong is None:
                return ()
        return answer_grids(self.computed, operands, output, want.value, wrong)


def _cut(tensor: torch.Tensor, axis: int, start: int) -> torch.Tensor:
    """The tensor without the last place along an axis (``start`` 0), or without the first (1)."""
    if tensor.dim() < max(2, -axis) or tensor.shape[axis] < 2:
        return tensor
    return tensor.narrow(axis, start, tensor.shape[axis] - 1).contiguous()


def _output_or_none(of: TensorFunction, answers: Answers) -> torch.Tensor | None:
    try:
        value = of.output(answers)
    except Wrong:
        return None
    return value.data if isinstance(value, TensorValue) else None


def _likeness(got: torch.Tensor, want: Expected, operands: Operands) -> Likeness:
    if got.shape != want.value.shape or got.is_complex():
        return Likeness(shape=got.shape == want.value.shape)
    dtype = working_dtype(next(iter(operands.values())).dtype, got.dtype)
    got = got.double()
    place = int(want.value.abs().argmax()) if want.value.numel() else None
    if place is None or not bool(got.isfinite().all()):
        return Likeness(shape=True)
    there, here = float(want.value.reshape(-1)[place]), float(got.reshape(-1)[place])
    factor = here / there if there else None
    if factor is not None and replace(want, value=want.value * factor).worst(got, dtype) is not None:
        factor = None
    offset: float | None = here - there
    if replace(want, value=want.value + here - there).worst(got, dtype) is not None:
        offset = None
    return Likeness(True, factor, offset)


def _renamed(step: Step, name: str) -> Step:
    return replace(step, name=name) if isinstance(step, Call) and step.name == "Y" else step


def function(
    name: str,
    shapes: SearchStrategy[Shapes],
    reference: Reference,
    arguments: Sequence[str] = ("X", "K"),
    part: int | None = None,
    parts: int = 1,
    mistakes: tuple[Mistake, ...] = (),
    fixed: Operands | None = None,
    terms: Callable[[Operands], int] | None = None,
    norms: Reference | None = None,
    plain: Sequence[Any] = (),
    keywords: Mapping[str, Any] | None = None,
) -> TensorFunction:
    """A student's function called with the operands named ``arguments``, in this order.

    plain, keywords: the numbers, texts and tuples of these that it is given after the operands.
    """
    named = dict(keywords or {})

    def steps(operands: Operands, device: DeviceName) -> tuple[Step, ...]:
        return (Call("Y", name, (*(Ref(argument) for argument in arguments), *plain), named),)

    gradients = {argument: Ref(argument, "grad") for argument in arguments}
    given = [*arguments, *map(repr, plain), *(f"{key}={value!r}" for key, value in named.items())]
    call = f"{name}({', '.join(given)})"
    return TensorFunction(
        call, shapes, reference, steps, gradients, part, parts, mistakes, fixed=fixed or {}, terms=terms, norms=norms
    )


def layer(
    name: str,
    shapes: SearchStrategy[Shapes],
    reference: Reference,
    parameters: Sequence[str],
    sizes: str,
    mistakes: tuple[Mistake, ...] = (),
) -> TensorFunction:
    """A student's module, made for the size of the parameter ``sizes``, given parameters, and called on X."""

    def steps(operands: Operands, device: DeviceName) -> tuple[Step, ...]:
        made = layer_made(name, (tuple(operands[sizes].shape),), parameters, operands["X"].dtype, device)
        return (*made, Call("Y", Ref("layer"), (Ref("X"),)))

    call = f"layer = {name}(kernel_size) with {' and '.join(parameters)} set as above; layer(X)"
    return TensorFunction(call, shapes, reference, steps, layer_gradients(parameters), mistakes=mistakes)


def layer_made(
    name: str, arguments: tuple[Any, ...], parameters: Sequence[str], dtype: torch.dtype, device: DeviceName = "cpu"
) -> tuple[Step, ...]:
    """Makes a student's module as ``layer``, and gives its parameters the values of the inputs of their names."""
    return (
        Call("layer", name, arguments),
        Call("typed", Ref("layer", "to"), (dtype,)),
        Call("placed", Ref("layer", "to"), (Device(device),)),
        *(Fill(Ref("layer", parameter), Ref(parameter)) for parameter in parameters),
    )


def layer_gradients(parameters: Sequence[str]) -> dict[str, Ref]:
    """Where the gradients of X and of the parameters stand, after a module's backward pass."""
    return {"X": Ref("X", "grad")} | {parameter: Ref("layer", f"{parameter}.grad") for parameter in parameters}


def verify_tensor(value: Any, want: Expected, inputs: torch.dtype) -> TensorValue:
    """``value`` as a tensor within the bound of ``want``; raises Wrong with got and want at the worst element."""
    tensor = TensorWanted(tuple(want.value.shape)).of(value)
    got = tensor.data.double()
    index = want.worst(got, working_dtype(inputs, tensor.data.dtype))
    if index is None:
        return tensor
    place = f" at {list(index)}" if index else ""
    here, there = _apart(float(got[index]), float(want.value[index]))
    raise Wrong(f"{show(tensor.data)}: {here}{place}", f"{show(want.value.to(inputs))}: {there}{place}")


def _apart(got: float, want: float) -> tuple[str, str]:
    """Both numbers, with as many digits as it takes to tell them apart."""
    digits = next((digits for digits in (6, 9, 12) if f"{got:.{digits}g}" != f"{want:.{digits}g}"), 17)
    return f"{got:.{digits}g}", f"{want:.{digits}g}"
