"""What the page holds: plain data, in words and numbers as they are shown."""

from dataclasses import dataclass

from markupsafe import Markup

from autograder.class_page.plots import Bin


@dataclass(frozen=True)
class Title:
    """A question by its number on the page."""

    number: int
    id: str
    words: str


@dataclass(frozen=True)
class Item:
    """A question or a property, with its statistics as they are shown."""

    words: str
    id: str
    max_points: float
    share: float
    lost: float
    unwritten: float
    discrimination: float | None


@dataclass(frozen=True)
class Section:
    """A question and its properties."""

    title: Title
    item: Item
    properties: tuple[Item, ...]


@dataclass(frozen=True)
class Mistake:
    """A misconception in a question. code: an answer that has it; counterexample: where it shows, as plain lines."""

    anchor: str
    name: str
    title: Title
    does: str
    advice: str
    count: int
    of: int
    code: str
    counterexample: str
    message: str


@dataclass(frozen=True)
class Plot:
    """A distribution as a picture, and the same as numbers."""

    svg: Markup
    caption: str
    across: str
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class Group:
    """Answers that are alike. size: by how many statements and expressions they go beyond the stub."""

    title: Title
    names: tuple[str, ...]
    size: int


@dataclass(frozen=True)
class Row:
    """A submission in the table of all. marks: points by question, with how much of it was lost, from 0 to 3."""

    name: str
    points: str
    marks: tuple[tuple[str, int], ...]
    mistakes: tuple[Mistake, ...]
    seconds: str
    note: str


@dataclass(frozen=True)
class Page:
    """All that the page holds. unnamed: in how many answers points are lost that no mistake explains, by question."""

    assignment: str
    are_numbers: bool
    headline: tuple[str, ...]
    remarks: tuple[str, ...]
    max_points: float
    scores: Plot | None
    sections: tuple[Section, ...]
    mistakes: tuple[Mistake, ...]
    unnamed: tuple[tuple[Title, int], ...]
    failed: tuple[tuple[str, str], ...]
    waiting: tuple[tuple[str, str], ...]
    times: Plot | None
    slowest: tuple[tuple[str, str], ...]
    alike: tuple[Group, ...]
    alike_left: int
    rows: tuple[Row, ...]
