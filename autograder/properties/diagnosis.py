"""What wrong answers have in common: the one mistake that explains them all, or what is known of them.

A misconception is named only when code that has it would have answered *every* drawn case just as this code did, the
rightly answered ones too, and when no other mistake would have. Where none is named, only facts are told: they hold for
these answers, whatever their cause.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.probe.answers import Answers, Raised, Returned
from autograder.properties.property import Finding, Likeness, Misconception, Property, Trait
from autograder.properties.strategies import Case

# A trait that all wrong answers share may do so by chance; it is told when chance would do that less often than this.
LARGEST_CHANCE = 0.01
FEWEST = 3  # wrong answers to say anything in common of


@dataclass(frozen=True)
class Diagnosis:
    """What the code does. misconception: the name of the mistake, or nothing where ``does`` only tells facts."""

    misconception: str = ""
    does: str = ""
    advice: str = ""


def diagnose(
    item: Property, cases: Sequence[Case], answers: Sequence[Answers], findings: Sequence[Finding | None]
) -> Diagnosis:
    """What the answers to a property's cases say of the code; at least one of them is wrong."""
    # The wrong answers first: they are what tells one mistake from another.
    order = sorted(range(len(cases)), key=lambda index: findings[index] is None)
    wrong_value = any(
        finding is not None and isinstance(one.get(item.answer), Returned)
        for one, finding in zip(answers, findings, strict=True)
    )
    explaining = [
        mistake
        for mistake in (*_answers_of_no_kind(item.answer), *item.misconceptions)
        if (wrong_value or not mistake.by_value)
        and all(_explains(mistake, cases[index], answers[index]) for index in order)
    ]
    ambiguous = len({mistake.id for mistake in explaining if mistake.by_value}) > 1
    for mistake in explaining:
        if not (ambiguous and mistake.by_value):
            return Diagnosis(mistake.id, mistake.does, mistake.advice)
    return Diagnosis(does=_known(item, cases, answers, findings))


def _explains(mistake: Misconception, case: Case, answers: Answers) -> bool:
    try:
        return mistake.explains(case, answers)
    except Exception:  # an outlandish answer that no comparison was made for
        return False


def _answers_of_no_kind(step: str) -> tuple[Misconception, ...]:
    """Mistakes that any function can have."""

    def is_undefined(case: Case, answers: Answers) -> bool:
        answer = answers.get(step)
        return isinstance(answer, Raised) and answer.type_name == "NameError" and not answer.where

    def is_stub(case: Case, answers: Answers) -> bool:
        answer = answers.get(step)
        return isinstance(answer, Raised) and answer.is_stub

    def returns_none(case: Case, answers: Answers) -> bool:
        answer = answers.get(step)
        return isinstance(answer, Returned) and answer.value is None

    return (
        Misconception(
            "unwritten",
            "This is still to be written.",
            "Put your own code in the place of raise NotImplementedError.",
            is_stub,
        ),
        Misconception(
            "undefined",
            "The name that is asked for is not defined when the check runs.",
            "Run the cell that defines it, under exactly this name; if that cell ends in an error, put it right first.",
            is_undefined,
        ),
        Misconception(
            "no_return",
            "The code returns nothing.",
            "End the function with return and the result.",
            returns_none,
        ),
    )


def _known(
    item: Property, cases: Sequence[Case], answers: Sequence[Answers], findings: Sequence[Finding | None]
) -> str:
    wrong = [index for index, finding in enumerate(findings) if finding is not None]
    failing = [answers[index] for index in wrong]
    told = [_share(len(cases), len(wrong)) + _where(item.traits, cases, set(wrong)) + "."]
    if len(wrong) >= FEWEST:
        told += [*_errors(item.answer, failing), *_likeness([_liken(item, cases[i], answers[i]) for i in wrong])]
    return " ".join(told)


def _liken(item: Property, case: Case, answers: Answers) -> Likeness | None:
    try:
        return item.likeness(case, answers)
    except Exception:  # an outlandish answer that no comparison was made for
        return None


def _share(count: int, wrong: int) -> str:
    if wrong == count:
        return "No example is answered rightly" if count > 1 else "The one example is answered wrongly"
    return f"{count - wrong} of {count} examples {'is' if count - wrong == 1 else 'are'} answered rightly"


def _where(traits: Mapping[str, Trait], cases: Sequence[Case], wrong: set[int]) -> str:
    """What tells the right answers from the wrong ones, in words that go on after "answered rightly"."""
    if len(wrong) < FEWEST or len(wrong) == len(cases):
        return ""
    best, most = "", 0
    for words, trait in traits.items():
        having = {index for index, case in enumerate(cases) if trait(case)}
        if len(having) < FEWEST or having & wrong:
            continue
        if len(having) + len(wrong) == len(cases):
            return f": exactly those where {words}"
        chance = (1 - len(having) / len(cases)) ** len(wrong)
        if chance <= LARGEST_CHANCE and len(having) > most:
            best, most = f", and all of those where {words}", len(having)
    return best


def _errors(step: str, failing: Sequence[Answers]) -> list[str]:
    """Which exception ended the wrong answers, where one did."""
    raised = Counter(answer.type_name for answers in failing if isinstance(answer := answers.get(step), Raised))
    if not raised:
        return []
    name, count = raised.most_common(1)[0]
    return [f"{'All wrong ones' if count == len(failing) else f'{count} of the wrong ones'} end in {name}."]


def _likeness(likenesses: Sequence[Likeness | None]) -> list[str]:
    """In what the wrong answers are like the right ones."""
    alike = [one for one in likenesses if one is not None]
    if len(alike) == len(likenesses) and not any(one.shape for one in alike):
        return ["The wrong ones have another shape than the one that is asked for."]
    if len(alike) < len(likenesses) or not all(one.shape for one in alike):
        return []
    factors = [one.factor for one in alike]
    known = [factor for factor in factors if factor is not None]
    if len(known) < len(factors):
        offsets = {f"{one.offset:.6g}" for one in alike if one.offset is not None}
        if len(offsets) == 1 and all(one.offset is not None for one in alike):
            return [f"The wrong ones have the right shape, and every element is too large by {offsets.pop()}."]
        return ["The wrong ones have the right shape, but other values."]
    if all(f"{factor:.6g}" == "1" for factor in known):
        return []  # the output is right, and something else is wrong
    if len({f"{factor:.6g}" for factor in known}) > 1:
        return ["The wrong ones are right up to a factor, which differs from example to example."]
    if known[0] == -1:
        return ["The wrong ones are right but for the sign."]
    return [f"The wrong ones are {known[0]:.6g} times the right ones."]
