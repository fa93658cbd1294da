"""What the text of a student's cell shows: ready-made convolutions in an answer, and reaches into the grader.

The ban on operations is enforced where the student's code runs, and so is only as strong as that code is honest. This
is its other half, on the trusted side: it reads the text and runs nothing. It errs on the side of the student: only a
path that begins at PyTorch counts, and only in code that the asked functions reach. Who goes further than that (text
built at run time, say) meets the ban itself.
"""

import ast
import re
import symtable
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from copy import copy
from functools import lru_cache

from autograder.probe.backward_passes import BACKWARD_PASSES
from autograder.probe.operations import POOLING
from autograder.properties.forbidden import POOLING_ELSEWHERE

# Longer text is searched instead of parsed: a tree takes a thousand times the memory, and much time.
LONGEST_PARSED_CHARACTERS = 50_000
_DEEPEST_PATH = 12
# What the setup cell imports.
_KNOWN_NAMES = {"torch": "torch", "nn": "torch.nn", "F": "torch.nn.functional"}
_TAMPERING_MODULES = ("torch._C", "torch.library", "torch.utils._python_dispatch", "ctypes")
# Who walks the graph node by node differentiates as autograd does, and without its engine, whose passes are counted.
_GRAPH_ATTRIBUTES = frozenset({"grad_fn", "next_functions"})
# Where else a ready-made convolution is to be had.
_OTHER_LIBRARIES = ("scipy", "skimage", "cv2")
_CORRELATION = re.compile("convol|correlate(?!.*coef)|filter2d", re.IGNORECASE)
_GRADER = re.compile(r"\bautograder\.(?:probe|worker|sandbox|grading)\b")
# The ways from a called function to whoever called it.
_FRAME_ATTRIBUTES = frozenset({"f_back", "f_globals", "f_locals", "tb_frame"})
# The ways from a function to the module that it was written in. Of the cell's own functions they lead nowhere else.
_ATTRIBUTES = _FRAME_ATTRIBUTES | {"__globals__", "__closure__"}
_BLOCKS = (ast.With, ast.AsyncWith, ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try)
_SEARCHES = frozenset({"gc.get_objects", "gc.get_referrers"})

_MAGIC_LINE = re.compile(r"^(\s*+)(?:%(?:time|timeit|prun)\s+(?:-\S+\s+)*(?P<code>.*)|[%!?].*|.*\?)$")
_MAGIC_VALUE = re.compile(r"=\s*[%!].*$")


def forbidden_uses(
    source: str, names: Sequence[str], asked: Sequence[str] = (), earlier: Sequence[str] = ()
) -> tuple[str, ...]:
    """The forbidden things that a solution cell uses, such as ``torch.nn.functional.conv2d``, in order and once each.

    names: substrings of operations that are forbidden; ``nn.ConvTranspose2d`` counts as ``conv_transpose2d``.
    asked: the functions or classes that the question asks for. What they do not reach, such as a comparison at the
    end of the cell, is left alone; empty means that all of the cell counts. Annotations never count.
    earlier: the cells before it, in which the answer may have helpers.
    """
    if len(source) > LONGEST_PARSED_CHARACTERS:
        found = re.findall(r"\b(?:F|torch|nn|functional|aten)\s*\.\s*(\w+)", source)
        return tuple(dict.fromkeys(name for name in found if _is_named(name, names)))
    tree = parse_cell(source)
    if tree is None:
        return ()
    before = [parse_cell(cell) for cell in earlier if len(cell) <= LONGEST_PARSED_CHARACTERS]
    cells = [*(cell for cell in before if cell is not None), tree]
    uses: dict[str, None] = {}
    known = dict(_KNOWN_NAMES)  # grows from cell to cell
    parts = _reached(cells, asked) if asked else [*([] for _ in cells[1:]), tree.body]
    for cell, reached in zip(cells, parts, strict=True):
        paths = _Paths(cell, known)
        for node in _executed(reached):
            if BACKWARD_PASSES in names and (attribute := _attribute(node)) in _GRAPH_ATTRIBUTES:
                uses[attribute] = None
            path = paths.of(node)  # what is imported and not used counts for nothing
            if path and (_is_convolution(path, names) or _is_in(path, _TAMPERING_MODULES) or _GRADER.match(path)):
                uses[path] = None
    return tuple(uses)


def tampering(source: str) -> tuple[str, ...]:
    """The ways in which a cell reaches into the grader's own code or into whoever calls it; empty for honest cells."""
    if len(source) > LONGEST_PARSED_CHARACTERS:
        return tuple(dict.fromkeys(_GRADER.findall(source)))
    return _reaches(source)


def parse_cell(source: str) -> ast.Module | None:
    """The cell's tree, its magics taken out; None for what is no Python, which cannot run either. Runs nothing."""
    for text in (source, _without_magics(source)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


@lru_cache(maxsize=256)  # most cells are the lesson's, the same in every submission; long ones are not kept
def _reaches(source: str) -> tuple[str, ...]:
    tree = parse_cell(source)
    if tree is None:
        return ()
    paths = _Paths(tree, dict(_KNOWN_NAMES))
    reaching = dict.fromkeys(_own_functions(tree), _FRAME_ATTRIBUTES)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    reaches: dict[str, None] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            reaches |= dict.fromkeys(path for path in paths.of_imports(node) if _GRADER.match(path))
        elif (attribute := _attribute(node)) and attribute in reaching.get(_holder(node), _ATTRIBUTES):
            reaches[attribute] = None
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            reaches |= dict.fromkeys(found[0] for found in _GRADER.finditer(node.value))
        elif (path := paths.of(node)) and (_GRADER.match(path) or path in _SEARCHES):
            reaches[path] = None
    return tuple(reaches)


def _attribute(node: ast.AST) -> str:
    """The attribute that is looked up, with a dot or with ``getattr``; empty for other expressions."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
        return _text(node.args[1]) if len(node.args) > 1 else ""
    return ""


def _holder(node: ast.AST) -> str:
    """The name whose attribute is looked up; empty when it is none."""
    holder = node.value if isinstance(node, ast.Attribute) else node.args[0] if isinstance(node, ast.Call) else node
    return holder.id if isinstance(holder, ast.Name) else ""


def _own_functions(tree: ast.Module) -> set[str]:
    """Names that stand for functions written in the cell, and for nothing else; also for what such a function made."""
    nodes = list(ast.walk(tree))
    assigned = [(node, target) for node in nodes if isinstance(node, ast.Assign) for target in node.targets]
    values = {target.id: node.value for node, target in assigned if isinstance(target, ast.Name)}
    times = Counter([*_bound_otherwise(tree), *(one.id for _, one in assigned if isinstance(one, ast.Name))])
    imports = [alias for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names]
    times.update((alias.asname or alias.name).partition(".")[0] for alias in imports)
    functions = {
        node.name: node
        for node in nodes
        if isinstance(node, ast.FunctionDef) and times[node.name] == 1 and not node.decorator_list
    }
    own = set(functions)
    for name, value in values.items():
        maker = (
            functions.get(value.func.id) if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) else None
        )
        made = maker is not None and all(_is_function(one.value, own) for one in _returns(maker))
        if times[name] == 1 and (made or _is_function(value, own)):
            own.add(name)
    return own


def _is_function(value: ast.expr | None, own: set[str]) -> bool:
    return isinstance(value, ast.Lambda) or (isinstance(value, ast.Name) and value.id in own)


def _returns(function: ast.FunctionDef) -> Iterator[ast.Return]:
    """What the function itself returns, not those within it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return):
            yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def _without_magics(source: str) -> str:
    lines = source.strip().splitlines()
    if lines and lines[0].startswith("%%"):
        del lines[0]
    plain = []
    for line in lines:
        magic = _MAGIC_LINE.match(line)
        plain.append(magic[1] + (magic["code"] or "pass") if magic else _MAGIC_VALUE.sub("= None", line))
    return "\n".join(plain)


def _is_convolution(path: str, names: Sequence[str]) -> bool:
    root, _, last = path.rpartition(".")
    if _is_in(root, _OTHER_LIBRARIES):
        pools = any(one in names for one in POOLING) and _is_named(last.replace("_", "").lower(), POOLING_ELSEWHERE)
        return pools or _CORRELATION.search(last) is not None
    return _is_in(root, ("torch",)) and _is_named(last, names)


def _is_named(name: str, names: Sequence[str]) -> bool:
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    return any(forbidden in snake for forbidden in names)


def _is_in(path: str, modules: Sequence[str]) -> bool:
    return any(path == module or path.startswith(module + ".") for module in modules)


class _Paths:
    """Dotted paths of what expressions in one cell stand for, as far as the text tells.

    ``names``: what names stand for so far; the cell's own are added.
    """

    def __init__(self, tree: ast.Module, names: dict[str, str]) -> None:
        self.names = names
        for name in _bound_otherwise(tree):
            self.names.pop(name, None)
        statements = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom | ast.Assign)]
        for node in sorted(statements, key=lambda node: node.lineno):
            self._bind(node)

    def _bind(self, node: ast.Import | ast.ImportFrom | ast.Assign) -> None:
        if isinstance(node, ast.Assign):
            path = self.of(node.value)
            for target in node.targets:
                if isinstance(target, ast.Name):
                    self.names.pop(target.id, None)
                    if path:
                        self.names[target.id] = path
            return
        for alias, path in zip(node.names, self.of_imports(node), strict=True):
            whole = isinstance(node, ast.ImportFrom) or alias.asname
            self.names[alias.asname or alias.name.partition(".")[0]] = path if whole else path.partition(".")[0]

    @staticmethod
    def of_imports(node: ast.Import | ast.ImportFrom) -> list[str]:
        """The paths that a statement imports, one for each name."""
        prefix = f"{node.module or ''}." if isinstance(node, ast.ImportFrom) else ""
        return [prefix + alias.name for alias in node.names]

    def of(self, node: ast.AST, depth: int = 0) -> str:
        """The path that an expression stands for; empty when it is not known."""
        if depth > _DEEPEST_PATH:
            return ""
        if isinstance(node, ast.Name):
            return self.names.get(node.id, "")
        if isinstance(node, ast.Attribute):
            return _joined(self.of(node.value, depth + 1), node.attr)
        if isinstance(node, ast.Subscript):  # sys.modules["torch"], vars(F)["conv2d"], F.__dict__["conv2d"]
            holder, key = self.of(node.value, depth + 1), _text(node.slice)
            return key if holder == "sys.modules" else _joined(holder.removesuffix(".__dict__"), key)
        if isinstance(node, ast.Call) and node.args:
            return self._of_call(node, depth)
        return ""

    def _of_call(self, node: ast.Call, depth: int) -> str:
        function = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if function in ("import_module", "__import__"):
            return _text(node.args[0])
        if function == "getattr" and len(node.args) > 1:
            return _joined(self.of(node.args[0], depth + 1), _text(node.args[1]))
        if function == "vars":
            return _joined(self.of(node.args[0], depth + 1), "__dict__")
        return ""


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path and name else ""


def _text(node: ast.AST) -> str:
    """A string that is written out, also in two pieces with a plus; else empty."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [part.value for part in (node.left, node.right) if isinstance(part, ast.Constant)]
        return "".join(part for part in parts if isinstance(part, str)) if len(parts) == 2 else ""
    return ""


def _bound_otherwise(tree: ast.Module) -> Iterator[str]:
    """Names that the cell uses for functions, classes, arguments, or variables of loops, of its own."""
    assigned = {id(target) for node in ast.walk(tree) if isinstance(node, ast.Assign) for target in node.targets}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in assigned:
            yield node.id
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest


def _reached(cells: Sequence[ast.Module], asked: Sequence[str]) -> list[list[ast.stmt]]:
    """Each cell's statements that take part in the definition of the asked names, directly or through others.

    A name that several cells define stands for what the last of them made of it.
    """
    waiting, seen = list(asked), set(asked)
    reached: list[dict[tuple[int, int], ast.stmt]] = [{} for _ in cells]  # by where they stand
    last_binding = {name: (index, found) for index, cell in enumerate(cells) for name, found in _by_name(cell).items()}
    while waiting:
        index, statements = last_binding.get(waiting.pop(), (0, []))
        for statement in statements:
            place = (statement.lineno, statement.col_offset)
            if place not in reached[index]:
                reached[index][place] = statement
                used = _names_used(statement) - seen
                seen |= used
                waiting += used
    return [[found[place] for place in sorted(found)] for found in reached]


def _by_name(cell: ast.Module) -> dict[str, list[ast.stmt]]:
    """The cell's statements by the names that they bind."""
    statements: dict[str, list[ast.stmt]] = defaultdict(list)
    for statement in _apart(cell.body):
        for name in _binds(statement):
            statements[name].append(statement)
    return statements


def _apart(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements, those within blocks for themselves, and of a block only how it begins."""
    for statement in body:
        blocks = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody")]
        if isinstance(statement, _BLOCKS):
            yield _beginning(statement)
            for block in blocks:
                yield from _apart(block)
            for handler in getattr(statement, "handlers", []):
                yield from _apart(handler.body)
        else:
            yield statement


def _beginning(block: ast.stmt) -> ast.stmt:
    """The block with nothing in it."""
    empty = copy(block)
    for name in ("orelse", "finalbody", "handlers"):
        if hasattr(empty, name):
            setattr(empty, name, [])
    empty.body = empty.finalbody = [ast.Pass(lineno=block.lineno, col_offset=block.col_offset)]  # type: ignore[attr-defined]
    return empty


def _names_used(statement: ast.stmt) -> set[str]:
    """The names that a statement takes from the notebook: not the parameters and variables of its functions."""
    try:
        waiting = [symtable.symtable(ast.unparse(statement), "cell", "exec")]
    except (SyntaxError, ValueError, RecursionError):  # code that cannot run either
        return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
    names: set[str] = set()
    while waiting:
        table = waiting.pop()
        outermost = table.get_type() == "module"
        names |= {symbol.get_name() for symbol in table.get_symbols() if outermost or symbol.is_global()}
        waiting += table.get_children()
    return names


def _binds(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in ast.walk(statement):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    return names


def _executed(statements: Sequence[ast.stmt]) -> Iterator[ast.AST]:
    """All nodes in and below the statements, without annotations."""
    waiting: list[ast.AST] = list(reversed(statements))
    while waiting:
        node = waiting.pop()
        yield node
        inner = [
            child
            for field, value in ast.iter_fields(node)
            if field not in ("annotation", "returns")
            for child in (value if isinstance(value, list) else [value])
            if isinstance(child, ast.AST)
        ]
        waiting += reversed(inner)
