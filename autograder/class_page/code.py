"""A student's code as it may be shown and compared: parsed within bounds, and never run."""

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from autograder.grading.source_check import LONGEST_PARSED_CHARACTERS, parse_cell

# Honest code has some twenty levels; what walks a tree calls itself for each.
MOST_LEVELS = 60
_REFUSED = (SyntaxError, ValueError, RecursionError, MemoryError)
_BLOCKS = ("body", "orelse", "finalbody")
_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler)


@dataclass(frozen=True)
class Form:
    """An answer without its looks. digest: the same for answers that are.

    size: its statements and expressions, constants not counted.
    """

    digest: str
    size: int


@lru_cache(maxsize=256)  # in a class many answers are the same
def form(source: str) -> Form | None:
    """The form of a cell: comments, docstrings, annotations and layout are gone, names of its own are numbered.

    Names are numbered in the order in which they appear; the order of statements stays. None for what cannot be
    parsed within bounds.
    """
    tree = _tree(source)
    if tree is None:
        return None
    try:
        plain = _Numbered(set(_own_names(tree))).visit(tree)
        size = sum(isinstance(node, ast.stmt | ast.expr) and not _is_constant(node) for node in ast.walk(plain))
        text = ast.dump(plain, annotate_fields=False)
    except _REFUSED:
        return None
    return Form(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), size)


@lru_cache(maxsize=256)
def wordless(source: str) -> str | None:
    """A cell without comments and docstrings, every other text in it as '…'; None for what cannot be parsed."""
    tree = _tree(source)
    if tree is None:
        return None
    try:
        return ast.unparse(ast.fix_missing_locations(_Wordless().visit(tree)))
    except _REFUSED:
        return None


def _tree(source: str) -> ast.Module | None:
    """The cell's tree without statements that are texts; None where it is too long or too deep to be walked."""
    tree = parse_cell(source) if len(source) <= LONGEST_PARSED_CHARACTERS else None
    level: list[ast.AST] = [tree] if tree is not None else []
    for _ in range(MOST_LEVELS):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            break
    if tree is None or level:
        return None
    for node in ast.walk(tree):
        for name in _BLOCKS:
            block = getattr(node, name, None)
            if isinstance(block, list):
                setattr(node, name, _without_texts(block, needed=name == "body" and node is not tree))
    return tree


def _without_texts(block: list[ast.stmt], needed: bool) -> list[ast.stmt]:
    left = [one for one in block if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]
    return left or ([ast.Pass()] if needed else [])


def _own_names(tree: ast.AST) -> Iterator[str]:
    """What the cell gives a name to: functions, classes, parameters, variables, what is imported as something."""
    for node in ast.walk(tree):
        if isinstance(node, _NAMED) and node.name:
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias) and node.asname:
            yield node.asname


def _is_constant(node: ast.AST) -> bool:
    """Whether it is a number or another constant, with its sign."""
    return isinstance(node.operand if isinstance(node, ast.UnaryOp) else node, ast.Constant)


class _Numbered(ast.NodeTransformer):
    """Puts numbers for the cell's own names, and takes annotations out."""

    def __init__(self, own: set[str]) -> None:
        self._own = own
        self._numbers: dict[str, str] = {}

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.AnnAssign):
            value = node.value
            node = ast.Assign([node.target], value) if value is not None else ast.Pass()
        elif isinstance(node, ast.Name):
            return ast.Name(self._number(node.id), node.ctx)
        elif isinstance(node, ast.arg):
            return ast.arg(self._number(node.arg))
        elif isinstance(node, ast.Global | ast.Nonlocal):
            node.names = [self._number(name) for name in node.names]
        elif isinstance(node, ast.alias) and node.asname:
            node.asname = self._number(node.asname)
        elif isinstance(node, _NAMED) and node.name:
            node.name = self._number(node.name)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        return self.generic_visit(node)

    def _number(self, name: str) -> str:
        return self._numbers.setdefault(name, f"_{len(self._numbers)}") if name in self._own else name


class _Wordless(ast.NodeTransformer):
    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return ast.Constant("…")

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant("…") if isinstance(node.value, str | bytes) else node
