"""Whatever HTML or Markdown is cleaned: only a document's elements, attributes and addresses are left."""

import re

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from autograder.grading.formulas import ELEMENTS
from autograder.grading.safe_html import STYLES, TAGS, clean_html, markdown2html
from tests.fuzz.material import PIECES, examples
from tests.fuzz.pages import as_browsers_do, tag_by_tag, words_of

TAG_NAMES = (
    *sorted(TAGS), "a", "img", "div", "table", "script", "style", "svg", "math", "mtext", "mglyph", "mi",
    "annotation-xml", "foreignObject", "desc", "title", "iframe", "noscript", "noembed", "noframes", "xmp",
    "plaintext", "template", "select", "option", "form", "input", "button", "textarea", "object", "embed", "base",
    "meta", "link", "frameset", "body", "html", "head", "image", "isindex", "audio", "video", "source", "use",
    "animate", "a:b", "x-y", "malignmark", "nobr", "listing", "SCRIPT", "StYlE",
)  # fmt: skip
ATTRIBUTE_NAMES = (
    "href", "src", "style", "class", "title", "alt", "width", "height", "id", "name", "onload", "onerror", "ONCLICK",
    "srcset", "srcdoc", "formaction", "action", "xlink:href", "background", "data", "poster", "target", "open",
    "colspan", "encoding", "x", "=", '"', "on click", "/onclick", "xmlns", "is", "data-x", "aria-label", "start",
    "align",
)  # fmt: skip
VALUES = (
    "javascript:go()", "JaVaScRiPt:go()", "jav\tascript:go()", "&#106;avascript&colon;go()", "\x01javascript:go()",
    "java&#10;script:go()", " javascript:go()", "vbscript:go()", "data:text/html,<script>go()</script>",
    "data:image/svg+xml;base64,PHN2Zz4=", "data:image/png;base64,iVBORw0KGgo=", "d&#97;ta:text/html,go",
    "//evil.example/x", "https://evil.example", "HTTPS://evil.example", "mailto:a@b", "#here", "page.html", "a:b",
    "x/y:z", "blob:x", "file:///", "&amp;colon;", "javascript&amp;colon;go()", "background:url(//evil.example)",
    "background:u\\72l(x)", "background:&#117;rl(x)", "width:expression(go())", "color:red", "position:fixed;top:0",
    "color:red;}</style><b>", "background-image:image-set('x')", "font-family:'</style><img src=x onerror=go()>'",
    "color:/**/red", "highlight", "highlight evil", "nb1", "'", '"', "`", ">", "'><img src=x onerror=go()>", "",
    "&quot;onload=go()&quot;",
)  # fmt: skip
MARKUP = (
    "<!--", "-->", "<!-->", "--!>", "<!", "<![CDATA[", "]]>", "<?php", "?>", "</", "</>", "<", "<<",
    "<!DOCTYPE html>", "&", "&lt;script&gt;", "&#60;img src=x onerror=go()&#62;", "&#x3c", "&nbsp", "&notit;", "&#0;",
    "&#xd800;", "&#x1F", "</p>", "</br>", "<p/>", "\x00", "\x0c", "\r", "\ufeff", "\ud800",
)  # fmt: skip
MARKDOWN = (
    "[x](javascript:go())", "[x](<javascript:go()>)", "![x](javascript:go())", "<javascript:go()>", "[x][1]\n\n[1]: ",
    "javascript:go()", "$", "$$", "\\begin{align}", "\\end{align}", "\\href{javascript:go()}{x}", "\\text{<b>}", "`",
    "```\n", "```html\n", "\n", "\n\n", "    ", "* ", "> ", "| a | b |\n|---|---|\n| ", " | ", "# ",
    "![x](attachment:a.png)", "***", "_", "\\", "<div>\n", "\n</div>", "[^1]", "~~", "x_1^2", "\\frac{1}{2}",
)  # fmt: skip

# What a document needs, written down once more and apart from the code under test.
ATTRIBUTES = {
    "style", "class", "href", "src", "title", "alt", "width", "height", "start", "colspan", "rowspan", "align",
    "scope", "span", "open",
}  # fmt: skip
MATHML_ATTRIBUTES = {
    "display", "encoding", "stretchy", "fence", "separator", "largeop", "movablelimits", "symmetric", "accent",
    "displaystyle", "width", "lspace", "rspace", "minsize", "maxsize", "form", "linethickness", "mathvariant",
    "scriptlevel", "style",
}  # fmt: skip
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
# What browsers leave out of an address (https://url.spec.whatwg.org/#concept-basic-url-parser).
IGNORED = re.compile("[\t\n\r]|^[\x00-\x20]+")
PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*")


@st.composite
def tags(draw: DrawFn) -> str:
    """A tag that opens, closes, or does neither properly."""
    name = draw(st.sampled_from(TAG_NAMES))
    if draw(st.integers(0, 2)) == 0:
        return f"</{name}>"
    attributes = ""
    for _ in range(draw(st.integers(0, 3))):
        quotes = draw(st.sampled_from(['"', '"', "'", "", "`"]))
        between = draw(st.sampled_from([" ", " ", "/", "\n", "\x0c", ""]))
        value = draw(st.sampled_from(VALUES))
        attributes += f"{between}{draw(st.sampled_from(ATTRIBUTE_NAMES))}={quotes}{value}{quotes}"
    return f"<{name}{attributes}{draw(st.sampled_from(['>', '>', '>', '/>', '']))}"


pieces = tags() | st.sampled_from(MARKUP) | st.sampled_from(PIECES) | st.text(max_size=4)
fragments = st.lists(pieces, max_size=12).map("".join)
documents = st.lists(pieces | st.sampled_from(MARKDOWN), max_size=12).map("".join)


def check_page(page: str) -> None:
    for parsed in (tag_by_tag, as_browsers_do):
        for tag, attributes in parsed(page):
            assert tag in TAGS | ELEMENTS
            for name, value in attributes.items():
                check_attribute(tag, name, value)


def check_attribute(tag: str, name: str, value: str) -> None:
    if tag in ELEMENTS:
        assert name in MATHML_ATTRIBUTES
        assert name != "style" or re.fullmatch("text-align:(left|right|center)", value)
        return
    assert name in ATTRIBUTES
    if name == "href":
        scheme = SCHEME.match(IGNORED.sub("", value).lower())
        assert tag == "a"
        assert scheme is None or scheme[1] in ("http", "https", "mailto")
    elif name == "src":
        assert tag == "img"
        assert PICTURE.fullmatch(value)
    elif name == "style":
        assert not re.search(r"url|image|\\", value, re.IGNORECASE)
        assert {part.partition(":")[0].strip() for part in value.split(";")} <= STYLES | {""}
    elif name == "class":
        assert all(re.fullmatch("highlight|[a-z]{1,3}[0-9]?", word) for word in value.split())


@examples(300)
@given(fragment=fragments)
def test_any_html_becomes_a_harmless_document(fragment: str) -> None:
    check_page(clean_html(fragment))


@examples(150)
@given(source=documents)
def test_any_markdown_becomes_a_harmless_document(source: str) -> None:
    check_page(markdown2html({"cell": {"attachments": {"a.png": {"image/png": "iVBORw0KGgo="}}}}, source))


@examples(150)
@given(fragment=fragments)
def test_cleaning_what_is_clean_takes_nothing_away(fragment: str) -> None:
    """But for characters in values: of a style without its last quote, or with "&" in a value without quotes."""
    once = clean_html(fragment)
    again = clean_html(once)
    assert words_of(again) == words_of(once)
    assert names_of(again) == names_of(once)


def names_of(page: str) -> list[tuple[str, list[str]]]:
    return [(tag, [*attributes]) for tag, attributes in tag_by_tag(page)]
