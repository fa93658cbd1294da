"""What is kept of answers while a class is read: for each mistake an example, for each question which are alike."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from autograder.class_page.code import Form, form, wordless
from autograder.class_page.names import Names
from autograder.report.content import UNWRITTEN, is_unwritten
from autograder.results import CheckResult, QuestionResult

# What chance and the lesson bring about is not told: short answers come out alike, and what many wrote is a usual way.
# A textbook's loops, with their checks, go some 80 beyond the stub.
SMALLEST, MOST_HOLDERS = 100, 5
GROUPS_SHOWN = 50
_EXAMPLE_CHARACTERS, _EXAMPLE_LINES = 6_000, 80

MistakeKey = tuple[str, str]
"""A question's id and a misconception's name."""


@dataclass
class Held:
    """An answer that somebody gave. holders: the first of those who did, by their place in the class; count: of all."""

    size: int
    count: int = 0
    holders: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Alike:
    """An answer that several gave. holders: in the order of the names, or of the numbers.

    size: by how many statements and expressions it goes beyond the stub.
    """

    question: str
    holders: tuple[int, ...]
    size: int


@dataclass
class Evidence:
    """Grows with each submission, and stays small: of code only the shortest example of each mistake is kept.

    stubs: the released answers by question, which nobody wrote. known: forms of answers that anybody may come to.
    """

    names: Names
    stubs: Mapping[str, str]
    known: Set[Form] = frozenset()
    examples: dict[MistakeKey, str] = field(default_factory=dict)
    checks: dict[MistakeKey, CheckResult] = field(default_factory=dict)
    _held: dict[str, dict[str, Held]] = field(default_factory=dict)

    def add_checks(self, question: QuestionResult) -> None:
        """Take the smallest counterexamples from a question's verdict."""
        for check in mistaken(question.checks):
            key = question.id, check.misconception
            if key not in self.checks or _smallness(check) < _smallness(self.checks[key]):
                self.checks[key] = check

    def add_answer(self, place: int, question: QuestionResult, source: str) -> None:
        """Take a student's answer to a question; ``place`` is the student's in the class."""
        if is_unwritten(question):
            return
        names = dict.fromkeys(check.misconception for check in mistaken(question.checks))
        for key in ((question.id, name) for name in names):
            self._offer(key, source)
        found = form(source)
        size = found.size - self._released_size(question.id) if found is not None else 0
        if found is not None and size >= SMALLEST and found not in self.known:
            held = self._held.setdefault(question.id, {}).setdefault(found.digest, Held(size))
            held.count += 1
            if held.count <= MOST_HOLDERS:
                held.holders.append(place)

    def alike(self) -> list[Alike]:
        """Answers that a few gave, the longest first: the longer, the less is it chance."""
        rank = {place: nth for nth, place in enumerate(self.names.order())}
        found = [
            Alike(question, tuple(sorted(one.holders, key=rank.__getitem__)), one.size)
            for question, answers in self._held.items()
            for one in answers.values()
            if 1 < one.count <= MOST_HOLDERS
        ]
        return sorted(found, key=lambda one: (-one.size, one.question, [rank[place] for place in one.holders]))

    def _released_size(self, question: str) -> int:
        stub = form(self.stubs.get(question, ""))
        return stub.size if stub is not None else 0

    def _offer(self, key: MistakeKey, source: str) -> None:
        """Keep an example, if it is the shortest so far; of the same length, the first by its letters."""
        known = self.examples.get(key)
        shown = wordless(source) if self.names.are_numbers else source.strip("\n")
        if not shown or not self.names.may_be_shown(shown):
            return
        if len(shown) > _EXAMPLE_CHARACTERS or shown.count("\n") >= _EXAMPLE_LINES:
            return
        if known is None or (len(shown), shown) < (len(known), known):
            self.examples[key] = shown


def mistaken(checks: Sequence[CheckResult]) -> list[CheckResult]:
    """Those that name a mistake in what somebody wrote."""
    return [check for check in checks if check.misconception not in ("", UNWRITTEN)]


def _smallness(check: CheckResult) -> tuple[bool, int, str, str]:
    """Sorts what has an example first, and of these the shortest."""
    return not check.counterexample, len(check.counterexample), check.counterexample, check.message
