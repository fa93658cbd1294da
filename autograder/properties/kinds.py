"""Properties of the kind of tensor that a function returns: its dtype and its device."""

import re
from collections.abc import Sequence
from dataclasses import replace

import torch

from autograder.probe.answers import Answers, Raised, Returned, TensorValue
from autograder.probe.steps import Call, Programme, Ref
from autograder.properties import strategies
from autograder.properties.function_property import Judge, diagnosed, observed, right_first
from autograder.properties.property import Misconception, Property, Wrong, judged_by, raised
from autograder.properties.strategies import Case
from autograder.properties.tensor_function import TensorFunction
from autograder.properties.tolerance import HALF_TYPES

# How PyTorch and NumPy say that they lack an operation for these types.
NAMES_HALF = re.compile("half|b?float16|ScalarType|dtype", re.IGNORECASE)
CAST_BACK = "Cast the result back with .to(X.dtype)."
FOLLOW_X = "torch.zeros(shape) makes float32 on the CPU, whatever comes in; X.new_zeros(shape) follows X."


@diagnosed
def dtype_kept(of: TensorFunction, points: float) -> Property:
    """The output has the operands' dtype (and right values) in float64 and float32."""
    sentence = "The output has the input's dtype: float64 stays float64, float32 stays float32."
    return _typed(of, "dtype", sentence, points, (torch.float64, torch.float32))


@diagnosed
def half_kept(of: TensorFunction, points: float) -> Property:
    """The output has the operands' dtype (and right values) in float16 and bfloat16, which networks run in.

    Apart from :func:`dtype_kept`, because PyTorch lacks some operations (transforms, for one) for these on a CPU.
    """
    sentence = "The half-precision types float16 and bfloat16 go in and come out too."
    return _typed(of, "half", sentence, points, HALF_TYPES)


def _typed(of: TensorFunction, id: str, sentence: str, points: float, dtypes: Sequence[torch.dtype]) -> Property:
    def verify(case: Case, answers: Answers) -> None:
        dtype = next(iter(case.values())).dtype
        tensor = right_first(of, case, of.output(answers))
        if tensor.data.dtype != dtype:
            raise Wrong(str(tensor.data.dtype), str(dtype), FOLLOW_X)

    def answers_in(dtype: torch.dtype, case: Case, answers: Answers) -> bool:
        output = of.output(answers)
        comes_in = next(iter(case.values())).dtype
        return isinstance(output, TensorValue) and output.data.dtype == dtype != comes_in

    def is_refused(case: Case, answers: Answers) -> bool:
        answer = answers.get("Y")
        return isinstance(answer, Raised) and NAMES_HALF.search(answer.message) is not None

    def comes_out_as(name: str, dtype: torch.dtype, advice: str) -> Misconception:
        # What comes of the other types, examples of half precision alone do not show.
        half = id == "half"
        return observed(
            judge,
            f"half_comes_out_as_{name}" if half else f"{name}_whatever_comes_in",
            f"Half-precision inputs come out as {name}." if half else f"The output is {name}, whatever comes in.",
            advice,
            lambda case, answers: answers_in(dtype, case, answers),
        )

    judge = judged_by(verify, of.written)
    return Property(
        id,
        sentence,
        points,
        strategies.operands(of.shapes, dtypes, (1.0,)),
        lambda case: (of.stage(case),),
        judge,
        examples=20,
        simpler=of.simpler,
        misconceptions=(
            comes_out_as("float32", torch.float32, f"{FOLLOW_X} {CAST_BACK}" if id == "half" else FOLLOW_X),
            comes_out_as("float64", torch.float64, CAST_BACK),
            *(
                (
                    observed(
                        judge,
                        "refuses_half",
                        "Half-precision inputs end in an error.",
                        "Do without what PyTorch lacks for these types, or compute in float32 and cast back.",
                        is_refused,
                    ),
                )
                if id == "half"
                else ()
            ),
        ),
    )


@diagnosed
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
        tensor = right_first(of, case, of.output(answers))
        if tensor.device != "accelerator":
            raise Wrong(f"a tensor on the {tensor.device}", "a tensor on X's device", FOLLOW_X)
        if not isinstance(answers.get("met"), Returned):
            raise Wrong("a tensor that cannot be multiplied with X", "a tensor on X's device", FOLLOW_X)

    def probe(case: Case) -> Programme:
        # Where the answer is, is the process's own word; only what is on X's device can be multiplied with X.
        stage = of.stage(case, "accelerator")
        # Flat, in whatever order they lie in memory and of whatever types: neither is what this is about.
        flat = (
            Call("flat", "torch.flatten", (Ref(next(iter(case))),)),
            Call("flat_output", "torch.flatten", (of.output_ref(),)),
        )
        met = Call("met", "torch.outer", (Ref("flat"), Ref("flat_output")))
        return (replace(stage, steps=(*stage.steps, *flat, met)),)

    judge = judged_by(verify, lambda case: of.written(case) + "   # on an accelerator")
    return Property(
        "device",
        "The output is on the input's device: what works on the CPU works on a GPU.",
        points,
        strategies.operands(of.shapes, (torch.float64,), (1.0,)),
        probe,
        judge,
        examples=8,
        simpler=of.simpler,
        misconceptions=_device_mistakes(judge, of),
    )


def _device_mistakes(judge: Judge, of: TensorFunction) -> tuple[Misconception, ...]:
    def stays_on_cpu(case: Case, answers: Answers) -> bool:
        output = of.output(answers)
        return isinstance(output, TensorValue) and output.device == "cpu"

    def ends_in(type_name: str, words: str, answers: Answers) -> bool:
        # PyTorch's own words: code may say "device" or "numpy" of quite another mistake.
        answer = answers.get("Y")
        return isinstance(answer, Raised) and answer.type_name == type_name and words in answer.message

    return (
        observed(judge, "stays_on_the_cpu", "The output is on the CPU, wherever X is.", FOLLOW_X, stays_on_cpu),
        observed(
            judge,
            "goes_through_numpy",
            "The tensors are handed to NumPy, which knows the CPU only.",
            "Stay with PyTorch's own functions.",
            lambda case, answers: ends_in("TypeError", "to numpy", answers),
        ),
        observed(
            judge,
            "mixes_devices",
            "Tensors on the accelerator meet tensors that stay on the CPU.",
            FOLLOW_X,
            lambda case, answers: ends_in("RuntimeError", "to be on the same device", answers),
        ),
    )
