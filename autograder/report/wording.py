"""How reports name a submission, and say in plain lines what is wrong with an answer."""

from collections.abc import Sequence

from autograder.report.content import details
from autograder.report.safe_text import LABEL_LIMIT, one_line
from autograder.report.text import plain
from autograder.results import CheckResult, Result


def setting(result: Result) -> str:
    """Where a submission was graded."""
    return result.device if result.isolated else f"{result.device}, without isolation"


def label(result: Result) -> str:
    """What a person calls a submission, in one line: the student, if known, and the notebook."""
    return one_line(f"{result.student}: {result.notebook}" if result.student else result.notebook, LABEL_LIMIT)


def prefixes(results: Sequence[Result]) -> list[str]:
    """For each result, what its tests' names begin with: its label, or nothing when there is only one."""
    return [f"{label(result)}: " for result in results] if len(results) > 1 else [""] * len(results)


def explanation(check: CheckResult) -> str:
    """The property, then all that is told of it: what the code does, an example, what came of it, and advice."""
    return "\n".join([check.property, *plain(details(check), with_grids=False)])
