"""How reports name a submission, and say in plain lines what is wrong with an answer."""

from collections.abc import Sequence

from autograder.report.safe_text import LABEL_LIMIT, one_line
from autograder.results import CheckResult, Result


def label(result: Result) -> str:
    """What a person calls a submission, in one line: the student, if known, and the notebook."""
    return one_line(f"{result.student}: {result.notebook}" if result.student else result.notebook, LABEL_LIMIT)


def prefixes(results: Sequence[Result]) -> list[str]:
    """For each result, what its tests' names begin with: its label, or nothing when there is only one."""
    return [f"{label(result)}: " for result in results] if len(results) > 1 else [""] * len(results)


def explanation(check: CheckResult) -> str:
    """The property, its smallest counterexample, what came of it, a likely cause and the note, one after another."""
    parts = [check.property]
    if check.counterexample:
        parts.append(f"Smallest example:\n{check.counterexample}")
    if check.message:
        parts.append(check.message)
    if check.cause:
        parts.append(f"Likely cause: {check.cause}")
    if check.note:
        parts.append(check.note)
    return "\n".join(parts)
