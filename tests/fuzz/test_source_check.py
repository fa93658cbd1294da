"""Whatever a cell's text is: what it uses is told in bounded time, and no text breaks who reads it."""

import ast

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from autograder.grading.source_check import LONGEST_PARSED_CHARACTERS, forbidden_uses, tampering
from autograder.probe.operations import CONVOLUTIONS
from tests.fuzz.material import examples, texts

ASKED = ("corr2d", "Conv2D")
NAMES = (
    "torch", "F", "nn", "G", "corr2d", "Conv2D", "X", "self", "sys", "gc", "getattr", "vars", "__import__", "frame",
)  # fmt: skip
ATTRIBUTES = (
    "nn", "functional", "conv2d", "Conv2d", "ops", "aten", "_C", "modules", "__dict__", "f_back", "get_objects", "x",
)  # fmt: skip
STRINGS = (
    "conv2d", "torch", "con", "v2d", "autograder.probe", "torch.nn.functional", "\\ud800", "\\N{BULLET}", "{", "%",
)  # fmt: skip
MODULES = ("torch", "torch.nn.functional", "autograder.worker.shell", "os.path", "ctypes")
MAGICS = (
    "%time ", "%timeit -n 1 -r 1 ", "%%time", "%matplotlib inline", "!ls", "?", "x = !ls", "x = %time 1", "%prun -",
    "%",
)  # fmt: skip

names, attributes = st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES)
atoms = names | st.sampled_from(STRINGS).map(lambda text: f"'{text}'") | st.sampled_from(["1", "...", "None", "f'{X}'"])


def larger(inner: SearchStrategy[str]) -> SearchStrategy[str]:
    """Expressions made of others."""
    return st.one_of(
        st.tuples(inner, attributes).map(lambda two: f"({two[0]}).{two[1]}"),
        st.tuples(inner, inner).map(lambda two: f"{two[0]}[{two[1]}]"),
        st.tuples(inner, st.lists(inner, max_size=2)).map(lambda two: f"{two[0]}({', '.join(two[1])})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} + {two[1]})"),
        st.tuples(names, inner).map(lambda two: f"(lambda {two[0]}: {two[1]})"),
        st.tuples(inner, names, inner).map(lambda three: f"[{three[0]} for {three[1]} in {three[2]}]"),
        st.tuples(names, inner).map(lambda two: f"({two[0]} := {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"getattr({two[0]}, {two[1]})"),
    )


expressions = st.recursive(atoms, larger, max_leaves=8)


@st.composite
def statements(draw: DrawFn, depth: int = 0) -> str:
    """A statement, indented by ``depth``, with what stands in it."""
    name, expression = draw(names), draw(expressions)
    simple = [
        expression, f"{name} = {expression}", f"{name}: {expression} = {expression}", f"return {expression}",
        f"del {name}", f"global {name}", f"import {draw(st.sampled_from(MODULES))} as {name}",
        f"from {draw(st.sampled_from(MODULES))} import {draw(attributes)} as {name}", "from . import x",
        "import os.path", f"{name}, *{draw(names)} = {expression}",
    ]  # fmt: skip
    definitions = [
        f"def {name}({draw(names)}: {expression} = {expression}):", f"class {name}({expression}):",
        f"async def {name}():",
    ]  # fmt: skip
    blocks = [f"for {name} in {expression}:", f"with {expression} as {name}:", f"while {expression}:", "try:"]
    margin = "    " * depth
    if depth == 3 or draw(st.booleans()):
        return margin + draw(st.sampled_from(simple))
    head = draw(st.sampled_from(definitions + blocks))
    body = "\n".join(draw(st.lists(statements(depth=depth + 1), min_size=1, max_size=2)))
    before = f"{margin}@{name}\n" if head in definitions and draw(st.booleans()) else ""
    after = f"\n{margin}except Exception as {name}:\n{margin}    pass" if head == "try:" else ""
    return f"{before}{margin}{head}\n{body}{after}"


cells = st.lists(statements() | st.sampled_from(MAGICS), min_size=1, max_size=5).map("\n".join)


def check(source: str) -> tuple[str, ...]:
    """The claims about every text; what is found in it."""
    found = forbidden_uses(source, CONVOLUTIONS, ASKED)
    everywhere = forbidden_uses(source, CONVOLUTIONS)
    assert set(found) <= set(everywhere)
    for told in (found, everywhere, tampering(source)):
        assert len(set(told)) == len(told)
        assert all(told)
    return everywhere


@examples(150)
@given(text=texts | st.text(alphabet="%!?=( )[]'\"\\\n\t:.xtorch"))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    check(text)


@examples(200)
@given(source=cells)
def test_any_code_is_read_without_a_fault(source: str) -> None:
    check(source)


@examples(150)
@given(source=cells, place=st.integers(0, 200), text=texts)
def test_code_with_any_text_in_it_is_read_without_a_fault(source: str, place: int, text: str) -> None:
    check(source[:place] + text + source[place:])


@examples(150)
@given(source=cells, name=st.sampled_from(["x", "Y", "_z"]))
def test_a_convolution_is_found_whatever_stands_after_it(source: str, name: str) -> None:
    use = f"import torch.nn.functional as {name}__\ndef corr2d(X, K):\n    return {name}__.conv2d(X, K)\n"
    try:
        ast.parse(use + source)
    except SyntaxError:
        return
    assert "torch.nn.functional.conv2d" in check(use + source)


REPEATED = (
    "(", "[", "{", "-", "not ", "~", "x.", "x[", "f(", "()", ".a", "1+", "lambda:", "a=", "a=a\n", "f=f.b\n", "a=0;",
    "if x:\n ", "%", "!", "?", "% \n", "%time ", "-a ", "= ", "=!", "torch.", "torch .", "autograder.", "\t", " ",
    "\\\n", "'", '"""', "#", "f'{", "}", "\x0c", "\x00", "\ud800", "\u00e9", "@a\n", "*", ":=", "x if x else ",
    "def a():\n ", "await ", "yield ",
)  # fmt: skip


@examples(25)
@given(
    start=st.sampled_from(["", "f=", "%time ", "x = "]),
    unit=st.lists(st.sampled_from(REPEATED), min_size=1, max_size=2).map("".join),
    length=st.sampled_from([2_000, 12_000, LONGEST_PARSED_CHARACTERS + 1]),
)
def test_a_text_that_repeats_itself_is_read_in_bounded_time(start: str, unit: str, length: int) -> None:
    """It would hang here."""
    check(start + unit * (length // len(unit)))
