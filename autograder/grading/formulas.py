"""Formulas as MathML, which a browser draws by itself: no script, and nothing fetched from another site.

A formula is marked while the text around it becomes clean HTML, and drawn in the mark's place afterwards. What
latex2mathml does not know stays as the TeX that was written.
"""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from bleach.html5lib_shim import Filter
from latex2mathml.converter import convert_to_element

# Reading TeX takes time that grows with its length: an instructor's page must not hang.
MAX_FORMULA_CHARACTERS = 2_000
MAX_CHARACTERS = 100_000
MAX_DEPTH = 100

_ELEMENTS = """
    math semantics annotation mrow mi mn mo mtext mspace msup msub msubsup munder mover munderover mfrac msqrt mroot
    mtable mtr mtd mstyle mphantom
"""
ELEMENTS = frozenset(_ELEMENTS.split())
_FLAGS = ("stretchy", "fence", "separator", "largeop", "movablelimits", "symmetric", "accent", "displaystyle")
_SIZE = re.compile(r"[0-3](\.[0-9]+)?em")
# Sizes are small and never negative: a formula must not grow or move over what else is on the page.
ATTRIBUTES: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(_FLAGS, re.compile("true|false")),
    **dict.fromkeys(("width", "lspace", "rspace", "minsize", "maxsize"), _SIZE),
    "form": re.compile("prefix|infix|postfix"),
    "linethickness": re.compile("0|0em|1px"),
    "mathvariant": re.compile("normal"),
    "scriptlevel": re.compile("[012]"),
}
_ALIGNMENTS = frozenset({"left", "right", "center"})
# MathML keeps room around these, TeX does not.
_TIGHT = frozenset({"|", "‖", "/"})
# A few definitions can stand for more symbols than memory holds.
_DEFINITION = re.compile(r"\\(def|newcommand|newenvironment|DeclareMathOperator)")


class Unknown(Exception):
    """A formula is no TeX, or uses something that latex2mathml or MathML does not have."""


@dataclass(frozen=True)
class _Formula:
    written: str
    tex: str
    display: bool


class Formulas:
    """The formulas of one text, and the marks that stand for them."""

    def __init__(self) -> None:
        # Nobody who writes a text can know it, so no text holds a mark of its own.
        nonce = secrets.token_hex(8)
        self._marks = re.compile(rf"{nonce}x([0-9]+)x")
        self._mark = f"{nonce}x{{}}x"
        self._formulas: list[_Formula] = []
        self._characters = 0

    def mark(self, written: str, tex: str, *, display: bool) -> str:
        """Return the mark for a formula: ``tex`` is what stands between the delimiters of ``written``."""
        self._formulas.append(_Formula(written, tex, display))
        return self._mark.format(len(self._formulas) - 1)

    def unmarked(self, text: str) -> str:
        """Return a text with its formulas as they were written."""
        return self._marks.sub(lambda mark: self._formulas[int(mark[1])].written, text)

    def drawn(self, source: Any) -> Filter:
        """Return a filter for bleach that draws formulas where their marks stand in text."""
        return _Drawing(source, self)

    def tokens(self, text: str) -> Iterator[dict[str, Any]]:
        """Yield html5lib's tokens of a text with its formulas drawn."""
        for index, piece in enumerate(self._marks.split(text)):
            if index % 2 == 0:
                yield {"type": "Characters", "data": piece}
            else:
                yield from self._tokens(self._formulas[int(piece)])

    def _tokens(self, formula: _Formula) -> Iterator[dict[str, Any]]:
        self._characters += len(formula.tex)
        try:
            if self._characters > MAX_CHARACTERS:
                raise Unknown("the text has too many formulas")
            yield from _element_tokens(mathml(formula.tex, display=formula.display))
        except Unknown:
            yield {"type": "Characters", "data": formula.written}


def mathml(tex: str, *, display: bool) -> Element:
    """Return a formula as MathML, with the TeX beside it as an annotation. Raises Unknown."""
    if len(tex) > MAX_FORMULA_CHARACTERS or _DEFINITION.search(tex):
        raise Unknown("the formula is too long, or defines commands")
    kind = "block" if display else "inline"
    try:
        # `aligned` is to a formula what `align*` is to a page; latex2mathml knows the one and not the other.
        converted = convert_to_element(tex.replace("{aligned}", "{align*}"), display=kind)
    except Exception as error:  # of many kinds, IndexError and RecursionError among them
        raise Unknown("latex2mathml cannot read the formula") from error
    formula = Element("math", {"display": kind})
    semantics = SubElement(formula, "semantics")
    row = SubElement(semantics, "mrow")
    row.extend([_checked(child, MAX_DEPTH) for child in converted])
    SubElement(semantics, "annotation", {"encoding": "application/x-tex"}).text = tex
    return formula


def _checked(element: Element, depth: int) -> Element:
    """A copy, at most ``depth`` elements deep, with nothing but what MathML draws in every browser."""
    text = unescape(element.text or "")
    # latex2mathml passes on, as a symbol, a command that it does not know.
    unknown = (text.startswith("\\") and len(text) > 1) or text == "&" or "linebreak" in element.attrib
    if element.tag not in ELEMENTS or unknown or depth == 0:
        raise Unknown(f"{element.tag} {text}")
    copy = Element(element.tag)
    copy.text = text
    for name, value in element.attrib.items():
        if name in ATTRIBUTES and ATTRIBUTES[name].fullmatch(value):
            copy.set(name, value)
        elif name == "columnalign" and value in _ALIGNMENTS:
            copy.set("style", f"text-align:{value}")
    if element.tag == "mo" and text in _TIGHT:
        copy.attrib.update(lspace="0em", rspace="0em")
    copy.extend([_checked(child, depth - 1) for child in element])
    return copy


def _element_tokens(element: Element) -> Iterator[dict[str, Any]]:
    data = {(None, name): value for name, value in element.attrib.items()}
    yield {"type": "StartTag", "name": element.tag, "namespace": None, "data": data}
    yield {"type": "Characters", "data": element.text or ""}
    for child in element:
        yield from _element_tokens(child)
    yield {"type": "EndTag", "name": element.tag, "namespace": None, "data": {}}


class _Drawing(Filter):  # type: ignore[misc]
    def __init__(self, source: Any, formulas: Formulas) -> None:
        super().__init__(source)
        self._formulas = formulas

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for token in super().__iter__():
            if token["type"] == "Characters":
                yield from self._formulas.tokens(token["data"])
                continue
            if token["type"] in ("StartTag", "EmptyTag"):  # the description of a picture, for one
                token["data"] = {name: self._formulas.unmarked(value) for name, value in token["data"].items()}
            yield token
