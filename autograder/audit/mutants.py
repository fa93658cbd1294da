"""Mechanical mutants: the reference solution with one small mistake each. A property has to catch every one.

Only what students write is changed: the code between BEGIN SOLUTION and END SOLUTION.
"""

import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from autograder.audit.equivalence import signature
from autograder.audit.mutations import Change, changes
from autograder.audit.names import names_in
from autograder.errors import AutograderError


@dataclass(frozen=True)
class Mutant:
    """A solution cell with one mistake.

    id: ``<question>/<the line's text>:<kind>:<before> to <after>``, which other lines have no part in. diff: the
    changed lines, as in a unified diff.
    is_equivalent: whether it compiles to the same as the reference, but for words that only people read.
    """

    id: str
    question: str
    source: str
    diff: str
    is_equivalent: bool = False


def mutants(question: str, source: str) -> tuple[Mutant, ...]:
    """Every mutant of a question's solution cell that compiles, in the order of the text, and the same one once.

    Raises AutograderError when the cell is no plain Python.
    """
    try:
        wrapper = MetadataWrapper(cst.parse_module(source))
    except cst.ParserSyntaxError as error:
        raise AutograderError(
            f"No mutants can be made of the solution cell {question!r}.",
            f"It is no plain Python: {error.message}",
            "Take what is none out of the cell, or leave mutants out with --no-mutants.",
        ) from error
    collector = _Collector(_students_lines(source), names_in(source).used)
    wrapper.visit(collector)
    reference = signature(source)
    seen: set[object] = set()
    taken: Counter[str] = Counter()
    lines = source.splitlines()
    made = []
    for line, change in collector.found:
        mutated = _apply(wrapper.module, change)
        if mutated == source:
            continue
        try:
            compiled = signature(mutated)
        except (SyntaxError, ValueError):
            continue
        if compiled in seen:
            continue
        seen.add(compiled)
        id = (
            f"{question}/{_text(lines[line - 1])}:{change.kind}:{_shown(change.target)} to {_shown(change.replacement)}"
        )
        taken[id] += 1
        id = id if taken[id] == 1 else f"{id} ({taken[id]})"
        made.append(Mutant(id, question, mutated, _diff(source, mutated), compiled == reference))
    return tuple(made)


def _text(line: str) -> str:
    """A line's code without its comment, with single spaces."""
    return " ".join(line.partition("  #")[0].split())


def _students_lines(source: str) -> frozenset[int]:
    """The numbers of the lines that are cut from the release."""
    lines: set[int] = set()
    inside = False
    for number, line in enumerate(source.splitlines(), start=1):
        if "END SOLUTION" in line:
            inside = False
        if inside:
            lines.add(number)
        if "BEGIN SOLUTION" in line:
            inside = True
    return frozenset(lines)


class _Collector(cst.CSTVisitor):
    """Collects the changes that may be made, with the line of each."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, lines: frozenset[int], borrowed: frozenset[str]) -> None:
        super().__init__()
        self._lines, self._borrowed = lines, borrowed
        self._returns: list[int] = []  # how many each of the functions around has
        self._whole: cst.CSTNode | None = None  # the expression that makes up the statement around
        self.found: list[tuple[int, Change]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef):
            self._returns.append(sum(isinstance(below, cst.Return) for below in _below(node.body)))
        if isinstance(node, cst.Expr | cst.Raise):
            self._whole = node.value if isinstance(node, cst.Expr) else node.exc
        if self._is_left_alone(node):
            return not isinstance(node, cst.Annotation)
        place = self.get_metadata(PositionProvider, node, None)
        if place is not None and place.start.line in self._lines and place.end.line in self._lines:
            self.found += [(place.start.line, change) for change in changes(node) if not self._is_idle(change)]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef):
            self._returns.pop()

    def _is_idle(self, change: Change) -> bool:
        """Whether all that is left of a call is a module's name, a statement that does nothing, or no exception."""
        is_module = isinstance(change.replacement, cst.Name) and change.replacement.value in self._borrowed
        return is_module or (change.kind == "call" and change.target is self._whole)

    def _is_left_alone(self, node: cst.CSTNode) -> bool:
        """Words that only people read, and a function's only return: without it every function returns nothing."""
        if isinstance(node, cst.Annotation):
            return True
        if not isinstance(node, cst.SimpleStatementLine):
            return False
        first = node.body[0]
        is_text = isinstance(first, cst.Expr) and isinstance(first.value, cst.SimpleString | cst.ConcatenatedString)
        return is_text or (isinstance(first, cst.Return) and self._returns[-1:] == [1])


def _below(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The node and all below it, but for what is in a function or class of its own."""
    yield node
    for child in node.children:
        if not isinstance(child, cst.FunctionDef | cst.ClassDef | cst.Lambda):
            yield from _below(child)


def _apply(module: cst.Module, change: Change) -> str:
    changed = module.deep_replace(change.target, change.replacement)
    assert isinstance(changed, cst.Module)
    return changed.code


def _shown(node: cst.CSTNode) -> str:
    """A node's code in one line; of a block its head."""
    if isinstance(node, cst.SimpleStatementLine):
        return "; ".join(_code(statement.with_changes(semicolon=cst.MaybeSentinel.DEFAULT)) for statement in node.body)
    if isinstance(node, cst.With | cst.If):
        body = cst.SimpleStatementSuite([cst.Expr(cst.Ellipsis())])
        return _code(node.with_changes(body=body, leading_lines=(), orelse=None) if isinstance(node, cst.If)
                     else node.with_changes(body=body, leading_lines=()))  # fmt: skip
    return _code(node)


def _code(node: cst.CSTNode) -> str:
    return " ".join(cst.Module([]).code_for_node(node).split())


def _diff(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))
