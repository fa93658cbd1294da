"""Mutants that are no mistakes: those that compile to the same program, and those that somebody has looked at."""

import ast
import re
from pathlib import Path
from types import CodeType
from typing import Any

from autograder.errors import AutograderError

FORMAT = "<mutant's id>  # <why it does the same as the reference>"

_LINE = re.compile(r"(?P<id>\S.*?)  +# *(?P<reason>\S.*)")


def signature(source: str) -> object:
    """What a cell compiles to, but for docstrings, annotations, the words of exceptions, and where things stand.

    Two cells of equal signature do the same. Raises SyntaxError or ValueError for what does not compile.
    """
    tree = _Silent().visit(ast.parse(source))
    return _signature(compile(ast.fix_missing_locations(tree), "cell", "exec", dont_inherit=True, optimize=2))


def read_equivalents(path: Path) -> dict[str, str]:
    """The listed equivalent mutants: the reason for each, by id; none when there is no such file.

    Empty lines, and lines that begin with #, are left out. Raises AutograderError for a line without a reason.
    """
    if not path.is_file():
        return {}
    listed: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise AutograderError(
                f"{path}, line {number}: this is no equivalent mutant.", f"It is {line[:200]!r}.", f"Write: {FORMAT}"
            )
        listed[found["id"]] = found["reason"]
    return listed


class _Silent(ast.NodeTransformer):
    """Takes out what only people read; docstrings are left to the compiler, which drops them."""

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        if isinstance(node.exc, ast.Call):
            node.exc = node.exc.func
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        self.generic_visit(node)
        if node.value is None:
            return ast.Pass()
        return ast.Assign([node.target], node.value)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)


def _signature(code: CodeType) -> tuple[Any, ...]:
    constants = tuple(
        # By their writing, because 1, 1.0 and True are equal.
        _signature(constant) if isinstance(constant, CodeType) else repr(constant)
        for constant in code.co_consts
    )
    return (
        code.co_code,
        code.co_exceptiontable,
        constants,
        code.co_names,
        code.co_varnames,
        code.co_freevars,
        code.co_cellvars,
        (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags),
    )
