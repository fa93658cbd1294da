"""Properties of a function (or a layer) from tensors to a tensor, judged against its reference."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import torch
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.probe.answers import Answers, Effects, Raised, Returned, TensorValue, describe
from autograder.probe.steps import Backward, Call, Fill, Input, Programme, Read, Ref, Stage
from autograder.properties import strategies
from autograder.properties.oracle import expected, expected_gradients
from autograder.properties.property import Property, TensorWanted, Wrong, judged_by, raised, show, value_of
from autograder.properties.strategies import Case, Shapes
from autograder.properties.tensor_function import Operands, TensorFunction, function, layer, verify_tensor
from autograder.properties.tolerance import HALF_TYPES, Expected, working_dtype

__all__ = [
    "TensorFunction", "device_kept", "dtype_kept", "fresh", "function", "gradients", "half_kept", "impulse", "layer",
    "non_finite", "pure", "refuses_large_kernels", "values", "views",
]  # fmt: skip

FOLLOW_X = "torch.zeros(shape) makes float32 on the CPU, whatever comes in; X.new_zeros(shape) follows X."


def values(of: TensorFunction, points: float, *, cause: str = "", examples: int = 60) -> Property:
    """Right values on whole numbers and fractions, small and large, in both float types."""
    sentence = "Every output is right: shape and values, for square and rectangular inputs of any size."
    return _valued(of, "values", sentence, points, strategies.operands(of.shapes), cause, examples)


def impulse(of: TensorFunction, points: float, *, cause: str) -> Property:
    """Right values on an impulse, which shows the kernel itself."""
    sentence = "An input of zeros with a single 1 brings out the kernel, flipped, around the place of the 1."
    return _valued(of, "impulse", sentence, points, strategies.one_hot(of.shapes), cause, 20)


def views(of: TensorFunction, points: float) -> Property:
    """Right values whatever the operands' memory layout."""
    sentence = "Transposed, strided and expanded tensors give the same values as plain ones."
    cause = (
        "If plain tensors are answered wrongly too, put those right first. "
        "If not, the memory is read directly (as_strided, view, data_ptr) as if the tensor were contiguous."
    )
    return _valued(of, "views", sentence, points, strategies.viewed_operands(of.shapes), cause, 30)


def _valued(
    of: TensorFunction, id: str, sentence: str, points: float, strategy: SearchStrategy[Any], cause: str, examples: int
) -> Property:
    def verify(case: Case, answers: Answers) -> None:
        of.verify(case, of.output(answers))

    return Property(
        id, sentence, points, strategy, lambda case: (of.stage(case),), judged_by(verify, of.written), cause, examples
    )


def dtype_kept(of: TensorFunction, points: float) -> Property:
    """The output has the operands' dtype (and right values) in float64 and float32."""
    sentence = "The output has the input's dtype: float64 stays float64, float32 stays float32."
    return _typed(of, "dtype", sentence, points, (torch.float64, torch.float32))


def half_kept(of: TensorFunction, points: float) -> Property:
    """The output has the operands' dtype (and right values) in float16 and bfloat16, which networks run in.

    Apart from :func:`dtype_kept`, because PyTorch lacks some operations (transforms, for one) for these on a CPU.
    """
    sentence = "The half-precision types float16 and bfloat16 go in and come out too."
    return _typed(of, "half", sentence, points, HALF_TYPES)


def _typed(of: TensorFunction, id: str, sentence: str, points: float, dtypes: Sequence[torch.dtype]) -> Property:
    def verify(case: Case, answers: Answers) -> None:
        dtype = next(iter(case.values())).dtype
        tensor = _right_first(of, case, of.output(answers))
        if tensor.data.dtype != dtype:
            raise Wrong(str(tensor.data.dtype), str(dtype), FOLLOW_X)

    strategy = strategies.operands(of.shapes, dtypes, (1.0,))
    return Property(
        id, sentence, points, strategy, lambda case: (of.stage(case),), judged_by(verify, of.written), examples=20
    )


def _right_first(of: TensorFunction, operands: Operands, value: Any) -> TensorValue:
    """``value`` as the right tensor; where it is none, that comes before what the property is about."""
    try:
        return of.verify(operands, value)
    except Wrong as wrong:
        cause = wrong.cause or "The values themselves are wrong here: put the first property right before this one."
        raise Wrong(wrong.got, wrong.want, cause) from None


def device_kept(of: TensorFunction, points: float) -> Property:
    """Operands on an accelerator give the right output on that accelerator.

    In float64 only: in float32 a GPU's own convolutions may round to TF32, which is nobody's mistake.
    """

    def verify(case: Case, answers: Answers) -> None:
        answer = answers.get("Y")
        if isinstance(answer, Raised):
            complaint = raised(answer, "a tensor on the accelerator")
            cause = complaint.cause or "A tensor made inside stays on the CPU while X is on the accelerator."
            raise Wrong(complaint.got, complaint.want, cause)
        tensor = _right_first(of, case, of.output(answers))
        if tensor.device != "accelerator":
            raise Wrong(f"a tensor on the {tensor.device}", "a tensor on X's device", FOLLOW_X)

    return Property(
        "device",
        "The output is on the input's device: what works on the CPU works on a GPU.",
        points,
        strategies.operands(of.shapes, (torch.float64,), (1.0,)),
        lambda case: (of.stage(case, "accelerator"),),
        judged_by(verify, lambda case: of.written(case) + "   # on an accelerator"),
        examples=8,
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
        reads = (Read(f"d{name}", source) for name, source in of.gradients.items())
        upstream = Stage({"G": Input.like(case["G"])}, (Backward(of.gradient_output(), Ref("G")), *reads))
        return of.stage(operands(case), grad=True), upstream

    def verify(case: Case, answers: Answers) -> None:
        output = _right_first(of, operands(case), of.output(answers))
        if not output.requires_grad:
            raise Wrong(
                "an output that no gradient can reach",
                "gradients for " + ", ".join(of.gradients),
                "The output is built from plain numbers: .item(), float(), .data or torch.tensor(...) cut the graph.",
            )
        dtype = working_dtype(case["G"].dtype, output.data.dtype)
        for name, want in expected_gradients(of.reference, operands(case), case["G"]).items():
            _verify_gradient(name, value_of(answers, f"d{name}"), want, dtype)

    return Property(
        "gradients",
        "Gradients flow back to every input, with autograd's values.",
        points,
        strategy(),
        probe,
        judged_by(verify, lambda case: of.written(operands(case)) + f".backward({show(case['G'])})"),
        "Part of the graph is cut (.item(), .data, .detach(), no_grad) or an input is left out.",
        30,
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

    def probe(case: Case) -> Programme:
        # A call that sets the random state would leave it as an earlier one did, if nothing had moved it meanwhile.
        stage = of.stage(case)
        return (replace(stage, steps=(Call("moved", "torch.rand", (1,)), *stage.steps)),)

    def verify(case: Case, answers: Answers) -> None:
        _right_first(of, case, of.output(answers))
        effects = _effects(answers, "Y")
        if effects.changed_inputs:
            raise Wrong(
                f"{' and '.join(effects.changed_inputs)} changed by the call",
                "inputs as they were",
                "An in-place operation (+=, *=, X[...] = ..., a method ending in _) works on an input.",
            )
        if effects.changed_state:
            raise Wrong(f"{' and '.join(effects.changed_state)} changed by the call", "global settings as they were")

    return Property(
        "pure",
        "The inputs and PyTorch's global settings are the same after the call as before.",
        points,
        strategies.operands(of.shapes),
        probe,
        judged_by(verify, of.written),
        examples=20,
    )


def fresh(of: TensorFunction, points: float) -> Property:
    """Each call makes its own output: no memory shared with an input, nothing remembered from call to call."""

    @st.composite
    def strategy(draw: st.DrawFn) -> dict[str, torch.Tensor]:
        shapes = draw(of.shapes)
        if draw(st.booleans()):
            shapes = _kernel_of_one(shapes)
        first = {name: draw(strategies.integers(shape)) for name, shape in shapes.items()}
        if draw(st.booleans()):
            first |= {name: torch.ones_like(first[name]) for name in list(first)[1:]}
        again = {f"{name}_again": draw(strategies.integers(shape)) for name, shape in shapes.items()}
        return first | again

    def halves(case: Case) -> tuple[Operands, Operands]:
        first = {name: tensor for name, tensor in case.items() if not name.endswith("_again")}
        return first, {name: case[f"{name}_again"] for name in first}

    def probe(case: Case) -> Programme:
        # New data in the same tensors, so that neither their shapes nor the objects themselves tell the calls apart.
        first, again = halves(case)
        fresh_data = {f"{name}_again": Input.like(tensor) for name, tensor in again.items()}
        refill = tuple(Fill(Ref(name), Ref(f"{name}_again")) for name in again)
        call = of.stage(again, name="Y_again").steps
        return of.stage(first), Stage(fresh_data, (*refill, *call)), Stage({}, (Read("Y_still", Ref("Y")),))

    def verify(case: Case, answers: Answers) -> None:
        first, again = halves(case)
        _right_first(of, first, of.output(answers))
        shared = _effects(answers, "Y").shares_storage_with
        if shared:
            raise Wrong(
                f"an output that shares memory with {shared[0]}",
                "an output with memory of its own",
                "For a kernel of one element the output may be a view of the input; clone it or compute a product.",
            )
        kept = _same_values(of.output(answers), of.output(answers, "Y_again"))
        try:
            of.verify(again, of.output(answers, "Y_again"))
            kept = True
            of.verify(first, of.output(answers, "Y_still"))
        except Wrong as wrong:
            cause = "Something is kept from an earlier call." if kept else wrong.cause
            raise Wrong(wrong.got, wrong.want, cause) from None

    def written(case: Case) -> str:
        first, again = halves(case)
        return f"{of.written(first)}\nand then once more with\n{of.written(again)}"

    return Property(
        "fresh",
        "Every call computes a new output from its own inputs.",
        points,
        strategy(),
        probe,
        judged_by(verify, written),
        examples=15,
    )


def _same_values(one: Any, other: Any) -> bool:
    return isinstance(one, TensorValue) and isinstance(other, TensorValue) and torch.equal(one.data, other.data)


def _kernel_of_one(shapes: Shapes) -> Shapes:
    """The same shapes with a kernel of 1 by 1, for which returning the input itself is tempting."""
    names = list(shapes)
    return {**shapes, names[1]: (*shapes[names[1]][:-2], 1, 1)}


def _effects(answers: Answers, name: str) -> Effects:
    """What a call did besides returning; it is known by now that it returned."""
    answer = answers[name]
    assert isinstance(answer, Returned)
    return answer.effects


def non_finite(of: TensorFunction, points: float) -> Property:
    """A NaN or infinity in X spoils exactly the outputs whose window covers it."""

    def verify(case: Case, answers: Answers) -> None:
        first, *others = case
        bad = ~case[first].isfinite()
        want = expected(of.reference, [torch.where(bad, 0, case[first]), *(case[name] for name in others)])
        ones = (torch.ones_like(case[name], dtype=torch.float64) for name in others)
        covered = of.reference(bad.double(), *ones) != 0
        tensor = TensorWanted(tuple(want.value.shape)).of(of.output(answers))
        spoiled = ~tensor.data.isfinite()
        if not torch.equal(spoiled, covered):
            raise Wrong(
                f"non-finite outputs at {_where(spoiled)}",
                f"non-finite outputs at {_where(covered)}",
                "Elements outside the window take part: zeros times NaN are NaN "
                "(matrices full of zeros and Fourier transforms do this).",
            )
        untouched = replace(want, value=torch.where(covered, 0, want.value))
        verify_tensor(TensorValue(torch.where(covered, 0, tensor.data)), untouched, case[first].dtype)

    return Property(
        "non_finite",
        "A NaN or infinity in the input spoils only the outputs whose window covers it.",
        points,
        strategies.spoiled(of.shapes),
        lambda case: (of.stage(case),),
        judged_by(verify, of.written),
        examples=20,
    )


def _where(mask: torch.Tensor) -> str:
    places = mask.nonzero().tolist()
    rest = ", …" if len(places) > 6 else ""
    return ", ".join(str(place) for place in places[:6]) + rest if places else "no place"


def refuses_large_kernels(of: TensorFunction, points: float) -> Property:
    """A kernel that fits is answered, one that does not fit is refused with an error."""

    def fitting(case: Case) -> Operands:
        return {"X": case["X"], "K": case["K"]}

    def too_large(case: Case) -> Operands:
        return {"X": case["X"], "K": case["large"]}

    def probe(case: Case) -> Programme:
        return of.stage(fitting(case)), of.stage(too_large(case), name="refused")

    def verify(case: Case, answers: Answers) -> None:
        _right_first(of, fitting(case), of.output(answers))
        answer = answers.get("refused")
        if not isinstance(answer, Raised) or answer.type_name in ("NotImplementedError", "NameError"):
            got = describe(answer.value) if isinstance(answer, Returned) else raised(answer, "").got
            raise Wrong(
                got,
                "an error such as ValueError",
                "Compare K's height and width with X's before anything else, and raise ValueError.",
            )

    return Property(
        "too_large",
        "A kernel larger than the input is refused with an error, not answered with an empty tensor.",
        points,
        strategies.too_large_kernels(),
        probe,
        judged_by(verify, lambda case: f"{of.written(fitting(case))}\nand with K = {show(case['large'])}"),
        examples=15,
    )
