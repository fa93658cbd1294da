"""Pages as two parsers see them: Python's own, which reads tag by tag, and one that repairs as browsers do."""

from collections.abc import Iterator
from html.parser import HTMLParser

from bleach._vendor import html5lib

Elements = list[tuple[str, dict[str, str]]]


class _TagByTag(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: Elements = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data


def words_of(page: str) -> str:
    """The text of a page, as it was before it was escaped."""
    return _TagByTag(page).words


def tag_by_tag(page: str) -> Elements:
    """The elements and their attributes in the order of their tags."""
    return _TagByTag(page).elements


def as_browsers_do(page: str) -> Elements:
    """The elements and their attributes in the tree that the HTML standard makes of the page."""
    return list(_tree(page))


def _tree(page: str) -> Iterator[tuple[str, dict[str, str]]]:
    root = html5lib.parseFragment(page, container="div", namespaceHTMLElements=False)
    for element in root.iter():
        if element is not root:
            name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "#comment"
            yield name, {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
