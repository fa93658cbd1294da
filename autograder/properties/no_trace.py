"""That training leaves no trace but in what it trains: data, global settings and seeds are as they were."""

import torch

from autograder.probe.answers import Answers, Effects, Returned, TensorValue
from autograder.properties.function_property import Judge, observed
from autograder.properties.property import Misconception, Wrong, value_of


def verify_no_trace(answers: Answers, call: str, data: tuple[str, ...]) -> None:
    """Raises Wrong when the watched call changed ``data``, global settings, or set a seed.

    Random numbers may be drawn, as a DataLoader does. A seed may not be set: the same numbers would follow, whatever
    seed was set before. They are drawn as ``drawn`` and ``drawn_again`` after two calls, with another seed before each.
    """
    changed = changed_data(answers, call, data)
    if changed:
        listed = " and ".join(data)
        raise Wrong(
            f"{' and '.join(changed)} changed by the call",
            f"{listed} as they were",
            "An in-place operation works on them.",
        )
    settings = changed_settings(answers, call)
    if settings:
        raise Wrong(f"{' and '.join(settings)} changed by the call", "global settings as they were")
    if sets_a_seed(answers):
        raise Wrong("the same random numbers after every call", "a random state that nobody has reset")


def _effects(answers: Answers, call: str) -> Effects:
    answer = answers.get(call)
    return answer.effects if isinstance(answer, Returned) else Effects()


def changed_data(answers: Answers, call: str, data: tuple[str, ...]) -> list[str]:
    return [name for name in _effects(answers, call).changed_inputs if name in data]


def changed_settings(answers: Answers, call: str) -> list[str]:
    return [words for words in _effects(answers, call).changed_state if "random" not in words]


def sets_a_seed(answers: Answers) -> bool:
    first, second = (value_of(answers, name) for name in ("drawn", "drawn_again"))
    return isinstance(first, TensorValue) and isinstance(second, TensorValue) and torch.equal(first.data, second.data)


def traces(judge: Judge, call: str, data: tuple[str, ...]) -> tuple[Misconception, ...]:
    """Mistakes that are seen in what a call leaves behind."""
    return (
        observed(
            judge,
            "changes_its_inputs",
            f"Training changes {' or '.join(data)}.",
            "Look for +=, *=, X[...] = ... and methods that end in _; work on a new tensor.",
            lambda case, answers: bool(changed_data(answers, call, data)),
        ),
        observed(
            judge,
            "changes_global_settings",
            "Training leaves PyTorch's global settings otherwise than they were.",
            "Leave seeds, default types and gradient mode alone: whoever calls has chosen them.",
            lambda case, answers: bool(changed_settings(answers, call)) or sets_a_seed(answers),
        ),
    )
