"""Keeps what a student wrote from running as script in the pages nbgrader makes: formgrader and feedback.

nbgrader_config.py puts `SafeHTML` and `markdown2html` into nbconvert's HTMLExporter. nbconvert's own SanitizeHTML
cleans Markdown before it is rendered, so a Markdown link to `javascript:` gets through, formulas with `&` and quoted
code break, and pictures in reports are lost. Here HTML is cleaned after rendering, and formulas are drawn as MathML.
"""

import re
from collections import Counter
from html import escape, unescape
from typing import Any

import bleach
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from autograder.grading.formulas import Formulas
from autograder.report.safe_text import SURROGATE

_TAGS = """
    a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr
    i img ins kbd li ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul
"""
_STYLES = """
    background background-color border border-bottom border-collapse border-color border-left border-radius
    border-right border-spacing border-style border-top border-width color display font-family font-size font-style
    font-variant-numeric font-weight height letter-spacing line-height list-style-type margin margin-bottom
    margin-left margin-right margin-top max-width min-width opacity overflow overflow-wrap overflow-x padding
    padding-bottom padding-left padding-right padding-top table-layout text-align text-decoration vertical-align
    white-space width word-break
"""
TAGS, STYLES = frozenset(_TAGS.split()), frozenset(_STYLES.split())
# Escaped by nbconvert's templates, or rendered by `markdown2html` here.
TEXT_OUTPUTS = frozenset({"text/plain", "text/markdown"})
IMAGE_OUTPUTS = frozenset({"image/png", "image/jpeg"})
# The time to clean HTML grows with its length and with the square of its depth: an instructor's page must not hang.
MAX_HTML_CHARACTERS = 5_000_000
MAX_OPEN_TAGS = 500

_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "col": {"span"},
    "details": {"open"},
}
_PROTOCOLS = frozenset({"http", "https", "mailto", "data"})
# To another site, within the page, or within this site.
_LINK = re.compile(r"https?://.*|mailto:.*|#.*|[^:]*", re.IGNORECASE | re.DOTALL)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_IMAGE_DATA = re.compile(rf"data:image/(png|jpeg|gif);base64,{_BASE64.pattern}")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_VOID_TAGS = frozenset({"br", "col", "hr", "img"})
# The classes of highlighted code; any other class could dress a student's text up as a part of the page.
_CLASS = re.compile(r"highlight|[a-z]{1,3}[0-9]?")
# url() and its like in a style would fetch from elsewhere, and a backslash could hide it. Only colours are functions.
_ACTING_STYLE = re.compile(r"(?<!rgb)(?<!rgba)(?<!hsl)(?<!hsla)\(|\\", re.IGNORECASE)


def clean_html(html: str, formulas: Formulas | None = None) -> str:
    """Return `html` with the tags, attributes and styles of a document, and nothing that runs, fetches or submits.

    Pictures are kept when their data is in the page; links when they are http, https, mailto or in this site. What
    is too long or too deep to be a document comes back as text. The formulas are drawn where their marks stand.
    """
    formulas = formulas or Formulas()
    if len(html) > MAX_HTML_CHARACTERS or _open_tags(html) > MAX_OPEN_TAGS:
        return f"<pre>{escape(formulas.unmarked(html)[:MAX_HTML_CHARACTERS])}</pre>"
    cleaner = bleach.Cleaner(  # one for each call: a cleaner is not safe to share between threads
        tags=TAGS,
        attributes=_is_allowed,
        protocols=_PROTOCOLS,
        strip=True,
        filters=[formulas.drawn],
        css_sanitizer=_Styles(allowed_css_properties=STYLES),
    )
    return str(cleaner.clean(html))


@pass_context
def markdown2html(context: Any, source: str) -> str:
    """Return Markdown with formulas as clean HTML: nbconvert's filter of that name, made safe."""
    formulas = Formulas()
    source = SURROGATE.sub("?", source)  # no address can hold half of a pair, and an error would cost the whole page
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = _Renderer(formulas, escape=False, exclude_anchor_links=True, attachments=attachments)
    return clean_html(MarkdownWithMath(renderer=renderer).render(source), formulas)


class SafeHTML(Preprocessor):
    """Cleans HTML outputs and drops every output that a page would run, load or lay out by itself."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Return the notebook with safe cells; the state of widgets, which is drawn by script, is removed."""
        nb.metadata.pop("widgets", None)
        for index, cell in enumerate(nb.cells):
            self.preprocess_cell(cell, resources, index)
        return nb, resources

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        """Return the cell with safe outputs; raw cells become text."""
        if cell.cell_type == "raw":
            cell.source = escape(cell.source)
        if cell.cell_type == "code":
            for output in cell.outputs:
                if "data" in output:
                    output.data = _safe_data(output.data)
                    output.metadata = _safe_sizes(output.get("metadata", {}))
        return cell, resources


class _Renderer(IPythonRenderer):
    def __init__(self, formulas: Formulas, **options: Any) -> None:
        super().__init__(**options)
        self._formulas = formulas

    def inline_math(self, body: str) -> str:
        return self._formulas.mark(f"${body}$", body, display=False)

    def block_math(self, body: str) -> str:
        return self._formulas.mark(f"$${body}$$", body, display=True)

    def latex_environment(self, name: str, body: str) -> str:
        written = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return self._formulas.mark(written, written, display=True)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        # A picture that is not attached is an error to nbconvert, and would cost the whole page.
        if url.startswith("attachment:") and url.removeprefix("attachment:") not in self.attachments:
            return f"[{escape(text)}]"
        return str(super().image(text, url, title))


def _open_tags(html: str) -> int:
    """The most tags that are open at once, at a rough count: a closing tag counts if one of its name is open."""
    open_tags: Counter[str] = Counter()
    now = most = 0
    for slash, name in _TAG.findall(html):
        name = name.lower()
        if slash and open_tags[name]:
            open_tags[name] -= 1
            now -= 1
        elif not slash and name not in _VOID_TAGS:
            open_tags[name] += 1
            now += 1
        most = max(most, now)
    return most


def _safe_data(data: dict[str, Any]) -> NotebookNode:
    safe = NotebookNode()
    for mime, value in data.items():
        if not isinstance(value, str):
            continue
        if mime == "text/html":
            safe[mime] = clean_html(value)
        elif mime == "text/latex":
            safe.setdefault("text/markdown", value)  # whose formulas are drawn
        elif mime in TEXT_OUTPUTS or (mime in IMAGE_OUTPUTS and _BASE64.fullmatch(value)):
            safe[mime] = value
    return safe


def _safe_sizes(metadata: dict[str, Any]) -> NotebookNode:
    """What the templates read of an output's metadata: the width, height and description of a picture."""
    safe = NotebookNode()
    for mime, values in metadata.items():
        if mime in IMAGE_OUTPUTS and isinstance(values, dict):
            safe[mime] = NotebookNode(
                {key: values[key] for key in ("width", "height") if isinstance(values.get(key), int)}
                | {key: values[key] for key in ("alt",) if isinstance(values.get(key), str)}
            )
    return safe


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return tag in ("div", "span", "pre") and all(_CLASS.fullmatch(word) for word in value.split())
    if name == "src":
        return tag == "img" and _IMAGE_DATA.fullmatch(value) is not None
    if name == "href":
        return tag == "a" and _LINK.fullmatch(unescape(value).strip()) is not None
    return name == "style" or name in _ATTRIBUTES.get(tag, ())


class _Styles(CSSSanitizer):  # type: ignore[misc]
    def sanitize_css(self, style: str) -> str:
        style = unescape(style)
        return "" if _ACTING_STYLE.search(style) else str(super().sanitize_css(style))
