"""Properties of a function (or a layer) from tensors to a tensor, judged against a multilinear reference."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers, Raised, Returned, TensorValue, describe
from autograder.probe.steps import Backward, Call, Device, DeviceName, Fill, Input, Programme, Read, Ref, Stage, Step
from autograder.properties import strategies
from autograder.properties.oracle import Reference, expected, expected_gradients
from autograder.properties.property import (
    Property,
    TensorWanted,
    Wrong,
    judged_by,
    layouts,
    raised,
    show,
    value_of,
)
from autograder.properties.strategies import Case, Shapes
from autograder.properties.tolerance import Expected, working_dtype

Operands = Mapping[str, torch.Tensor]
PRIMITIVE_GAPS = ("not implemented for", "Unsupported dtype", "unsupported dtype", "not supported")


@dataclass(frozen=True)
class TensorFunction:
    """A student's function of tensors, and what it should return.

    call: how a call reads, ``"corr2d(X, K)"``. shapes: draws the operands' shapes by name, in the reference's order.
    steps: from the operands to the step ``Y``, on a device. gradients: where each operand's gradient then stands.
    part: which of the returned values is meant, where the function returns several.
    """

    call: str
    shapes: SearchStrategy[Shapes]
    reference: Reference
    steps: Callable[[Operands, DeviceName], tuple[Step, ...]]
    gradients: Mapping[str, Ref]
    part: int | None = None
    parts: int = 1

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

    def gradient_output(self) -> Ref:
        if self.part is not None:
            raise TypeError("gradients are asked of functions that return one tensor")
        return Ref("Y")

    def wanted(self, operands: Operands) -> Expected:
        return expected(self.reference, list(operands.values()))

    def written(self, operands: Operands) -> str:
        """The call and its operands, as the student would type them."""
        lines = [f"{name} = {show(tensor)}" for name, tensor in operands.items()]
        note = layouts(operands)
        return "\n".join([*lines, self.call] + ([f"({note})"] if note else []))

    def verify(self, operands: Operands, value: Any) -> TensorValue:
        """``value`` as the right tensor for the operands; raises Wrong when it is none."""
        return verify_tensor(value, self.wanted(operands), next(iter(operands.values())).dtype)


def _renamed(step: Step, name: str) -> Step:
    return Call(name, step.function, step.args, step.kwargs) if isinstance(step, Call) and step.name == "Y" else step


def function(
    name: str,
    shapes: SearchStrategy[Shapes],
    reference: Reference,
    arguments: Sequence[str] = ("X", "K"),
    part: int | None = None,
    parts: int = 1,
) -> TensorFunction:
    """A student's function called with the operands named ``arguments``, in this order."""

    def steps(operands: Operands, device: DeviceName) -> tuple[Step, ...]:
        return (Call("Y", name, tuple(Ref(argument) for argument in arguments)),)

    gradients = {argument: Ref(argument, "grad") for argument in arguments}
    return TensorFunction(f"{name}({', '.join(arguments)})", shapes, reference, steps, gradients, part, parts)


def layer(
    name: str, shapes: SearchStrategy[Shapes], reference: Reference, parameters: Sequence[str], sizes: str
) -> TensorFunction:
    """A student's module, made for the size of the parameter ``sizes``, given parameters, and called on X."""

    def steps(operands: Operands, device: DeviceName) -> tuple[Step, ...]:
        dtype = operands["X"].dtype
        make = (
            Call("layer", name, (tuple(operands[sizes].shape),)),
            Call("typed", Ref("layer", "to"), (dtype,)),
            Call("placed", Ref("layer", "to"), (Device(device),)),
        )
        fill = tuple(Fill(Ref("layer", parameter), Ref(parameter)) for parameter in parameters)
        return (*make, *fill, Call("Y", Ref("layer"), (Ref("X"),)))

    gradients = {"X": Ref("X", "grad")} | {parameter: Ref("layer", f"{parameter}.grad") for parameter in parameters}
    call = f"layer = {name}(kernel_size) with {' and '.join(parameters)} set as above; layer(X)"
    return TensorFunction(call, shapes, reference, steps, gradients)


def verify_tensor(value: Any, want: Expected, inputs: torch.dtype) -> TensorValue:
    """``value`` as a tensor within the bound of ``want``; raises Wrong with got and want at the worst element."""
    tensor = TensorWanted(tuple(want.value.shape)).of(value)
    got = tensor.data.double()
    index = want.worst(got, working_dtype(inputs, tensor.data.dtype))
    if index is None:
        return tensor
    place = f" at {list(index)}" if index else ""
    raise Wrong(
        f"{show(tensor.data)}: {float(got[index]):.6g}{place}",
        f"{show(want.value.to(inputs))}: {float(want.value[index]):.6g}{place}",
    )


# ------------------------------------------------------------------------------------------------- the properties


def values(of: TensorFunction, points: float, *, cause: str = "", examples: int = 60) -> Property:
    """Right values on whole numbers and fractions, small and large, in both float types."""
    return _valued(
        of, "values", "Every output is right: shape and values, for square and rectangular inputs of any size.",
        points, strategies.operands(of.shapes), cause, examples,
    )


def impulse(of: TensorFunction, points: float, *, cause: str) -> Property:
    """Right values on an impulse, which shows the kernel itself."""
    return _valued(
        of, "impulse", "An input of zeros with a single 1 brings out the kernel, flipped, around the place of the 1.",
        points, strategies.one_hot(of.shapes), cause, 20,
    )


def views(of: TensorFunction, points: float) -> Property:
    """Right values whatever the operands' memory layout."""
    return _valued(
        of, "views", "Transposed, strided and expanded tensors give the same values as plain ones.", points,
        strategies.viewed_operands(of.shapes),
        "The memory is read directly (as_strided, view, data_ptr) as if the tensor were contiguous.", 30,
    )


def _valued(
    of: TensorFunction, id: str, sentence: str, points: float, strategy: SearchStrategy[Any], cause: str, examples: int
) -> Property:
    def verify(case: Case, answers: Answers) -> None:
        of.verify(case, of.output(answers))

    return Property(id, sentence, points, strategy, lambda case: (of.stage(case),), judged_by(verify, of.written), cause, examples)


def dtype_kept(of: TensorFunction, points: float) -> Property:
    """The output has the operands' dtype (and right values) in float64, float32, float16 and bfloat16.

    A half type for which PyTorch itself lacks an operation on this device is nobody's mistake and is passed over.
    """

    def verify(case: Case, answers: Answers) -> None:
        dtype = next(iter(case.values())).dtype
        answer = answers.get("Y")
        half = dtype in (torch.float16, torch.bfloat16)
        if half and isinstance(answer, Raised) and any(gap in answer.message for gap in PRIMITIVE_GAPS):
            return
        tensor = of.verify(case, of.output(answers))
        if tensor.data.dtype != dtype:
            raise Wrong(str(tensor.data.dtype), str(dtype), "torch.zeros(shape) makes float32 whatever comes in; X.new_zeros(shape) follows X.")

    return Property(
        "dtype", "The output has the input's dtype, whichever it is.", points,
        strategies.operands(of.shapes, strategies.DTYPES, (1.0,)), lambda case: (of.stage(case),), judged_by(verify, of.written),
        examples=30,
    )


def device_kept(of: TensorFunction, points: float) -> Property:
    """Operands on an accelerator give the right output on that accelerator."""

    def verify(case: Case, answers: Answers) -> None:
        answer = answers.get("Y")
        if isinstance(answer, Raised):
            complaint = raised(answer, "a tensor on the accelerator")
            raise Wrong(complaint.got, complaint.want, complaint.cause or "A tensor made inside stays on the CPU while X is on the accelerator.")
        tensor = of.verify(case, of.output(answers))
        if tensor.device != "accelerator":
            raise Wrong(f"a tensor on the {tensor.device}", "a tensor on X's device", "torch.zeros(shape) is made on the CPU; X.new_zeros(shape) follows X.")

    return Property(
        "device", "The output is on the input's device: what works on the CPU works on a GPU.", points,
        strategies.operands(of.shapes, (torch.float32, torch.float64), (1.0,)), lambda case: (of.stage(case, "accelerator"),),
        judged_by(verify, lambda case: of.written(case) + "   # on an accelerator"), examples=8,
    )


def gradients(of: TensorFunction, points: float) -> Property:
    """The gradients of every operand agree with autograd's of the reference, for a drawn upstream gradient."""

    @st.composite
    def strategy(draw: st.DrawFn) -> dict[str, torch.Tensor]:
        case = draw(strategies.operands(of.shapes, magnitudes=(1.0, 1e2)))
        shape = tuple(of.reference(*(tensor.double() for tensor in case.values())).shape)
        dtype = next(iter(case.values())).dtype
        return {**case, "G": draw(strategies.integers(shape, dtype))}

    def operands(case: Case) -> Operands:
        return {name: tensor for name, tensor in case.items() if name != "G"}

    def probe(case: Case) -> Programme:
        upstream = Stage(
            {"G": Input.like(case["G"])},
            (Backward(of.gradient_output(), Ref("G")), *(Read(f"d{name}", source) for name, source in of.gradients.items())),
        )
        return of.stage(operands(case), grad=True), upstream

    def verify(case: Case, answers: Answers) -> None:
        output = of.verify(operands(case), of.output(answers))
        if not output.requires_grad:
            raise Wrong("an output that no gradient can reach", "gradients for " + ", ".join(of.gradients),
                        "The output is built from plain numbers: .item(), float(), .data or torch.tensor(...) cut the graph.")
        dtype = working_dtype(case["G"].dtype, output.data.dtype)
        for name, want in expected_gradients(of.reference, operands(case), case["G"]).items():
            _verify_gradient(name, value_of(answers, f"d{name}"), want, dtype)

    return Property(
        "gradients", "Gradients flow back to every input, with autograd's values.", points, strategy(), probe,
        judged_by(verify, lambda case: of.written(operands(case)) + f".backward({show(case['G'])})"),
        "Part of the graph is cut (.item(), .data, .detach(), no_grad) or an input is left out.", 30,
    )


def _verify_gradient(name: str, value: Any, want: Expected, dtype: torch.dtype) -> None:
    if value is None:
        raise Wrong(f"no gradient for {name}", f"a gradient of shape {tuple(want.value.shape)} for {name}")
    try:
        verify_tensor(value, want, dtype)
    except Wrong as wrong:
        raise Wrong(f"{name}.grad: {wrong.got}", f"{name}.grad: {wrong.want}", wrong.cause) from None


def pure(of: TensorFunction, points: float) -> Property:
    """A call leaves its inputs and PyTorch's global settings alone."""

    def verify(case: Case, answers: Answers) -> None:
        of.verify(case, of.output(answers))
        effects = _effects(answers, "Y")
        if effects.changed_inputs:
            raise Wrong(f"{' and '.join(effects.changed_inputs)} changed by the call", "inputs as they were", "An in-place operation (+=, *=, X[...] = ..., a method ending in _) works on an input.")
        if effects.changed_state:
            raise Wrong(f"{' and '.join(effects.changed_state)} changed by the call", "global settings as they were")

    return Property(
        "pure", "The inputs and PyTorch's global settings are the same after the call as before.", points,
        strategies.operands(of.shapes), lambda case: (of.stage(case),), judged_by(verify, of.written), examples=20,
    )


def fresh(of: TensorFunction, points: float) -> Property:
    """Each call makes its own output: no memory shared with an input, nothing remembered from call to call."""

    @st.composite
    def strategy(draw: st.DrawFn) -> dict[str, torch.Tensor]:
        shapes = draw(st.one_of(of.shapes, of.shapes.map(_kernel_of_one)))
        first = {name: draw(strategies.integers(shape)) for name, shape in shapes.items()}
        again = {f"{name}_again": draw(strategies.integers(shape)) for name, shape in shapes.items()}
        return first | again

    def halves(case: Case) -> tuple[Operands, Operands]:
        first = {name: tensor for name, tensor in case.items() if not name.endswith("_again")}
        return first, {name: case[f"{name}_again"] for name in first}

    def probe(case: Case) -> Programme:
        first, again = halves(case)
        return of.stage(first), of.stage(again, name="Y_again"), Stage({}, (Read("Y_still", Ref("Y")),))

    def verify(case: Case, answers: Answers) -> None:
        first, again = halves(case)
        of.verify(first, of.output(answers))
        shared = _effects(answers, "Y").shares_storage_with
        if shared:
            raise Wrong(f"an output that shares memory with {shared[0]}", "an output with memory of its own",
                        "For a kernel of one element the output may be a view of the input; clone it or compute a product.")
        try:
            of.verify(again, of.output(answers, "Y_again"))
            of.verify(first, of.output(answers, "Y_still"))
        except Wrong as wrong:
            raise Wrong(wrong.got, wrong.want, "Something is kept from an earlier call with the same shapes.") from None

    def written(case: Case) -> str:
        first, again = halves(case)
        return f"{of.written(first)}\nand then once more with\n{of.written(again)}"

    return Property(
        "fresh", "Every call computes a new output from its own inputs.", points, strategy(), probe, judged_by(verify, written),
        examples=15,
    )


def _kernel_of_one(shapes: Shapes) -> Shapes:
    """The same shapes with a kernel of 1 by 1, for which returning the input itself is tempting."""
    names = list(shapes)
    return {**shapes, names[1]: (*shapes[names[1]][:-2], 1, 1)}


def _effects(answers: Answers, name: str) -> Any:
    answer = answers[name]
    assert isinstance(answer, Returned)
    return answer.effects


def non_finite(of: TensorFunction, points: float) -> Property:
    """A NaN or infinity in X spoils exactly the outputs whose window covers it."""

    def verify(case: Case, answers: Answers) -> None:
        first, *others = case
        bad = ~case[first].isfinite()
        want = expected(of.reference, [torch.where(bad, 0, case[first]), *(case[name] for name in others)])
        covered = of.reference(bad.double(), *(torch.ones_like(case[name], dtype=torch.float64) for name in others)) != 0
        tensor = TensorWanted(tuple(want.value.shape)).of(of.output(answers))
        spoiled = ~tensor.data.isfinite()
        if not torch.equal(spoiled, covered):
            raise Wrong(f"non-finite outputs at {_where(spoiled)}", f"non-finite outputs at {_where(covered)}",
                        "Elements outside the window take part: zeros times NaN are NaN (matrices full of zeros and Fourier transforms do this).")
        verify_tensor(
            TensorValue(torch.where(covered, 0, tensor.data)),
            Expected(torch.where(covered, 0, want.value), want.magnitude, want.terms, want.norm, want.points), case[first].dtype,
        )

    return Property(
        "non_finite", "A NaN or infinity in the input spoils only the outputs whose window covers it.", points,
        strategies.spoiled(of.shapes), lambda case: (of.stage(case),), judged_by(verify, of.written), examples=20,
    )


def _where(mask: torch.Tensor) -> str:
    places = mask.nonzero().tolist()
    return ", ".join(str(place) for place in places[:6]) + (", …" if len(places) > 6 else "") if places else "no place"


def refuses_large_kernels(of: TensorFunction, points: float) -> Property:
    """A kernel that fits is answered, one that does not fit is refused with an error."""

    def probe(case: Case) -> Programme:
        return of.stage({"X": case["X"], "K": case["K"]}), of.stage({"X": case["X"], "K": case["large"]}, name="refused")

    def verify(case: Case, answers: Answers) -> None:
        of.verify({"X": case["X"], "K": case["K"]}, of.output(answers))
        answer = answers.get("refused")
        if not isinstance(answer, Raised) or answer.type_name in ("NotImplementedError", "NameError"):
            got = describe(answer.value) if isinstance(answer, Returned) else raised(answer, "").got
            raise Wrong(got, "an error such as ValueError", "Compare K's height and width with X's before anything else, and raise ValueError.")

    return Property(
        "too_large", "A kernel larger than the input is refused with an error, not answered with an empty tensor.", points,
        strategies.too_large_kernels(), probe,
        judged_by(verify, lambda case: of.written({"X": case["X"], "K": case["large"]})), examples=15,
    )
