"""Which answers that several gave are told of."""

import pytest
from class_pages import LONG, verdict
from tests_support import ROOT

from autograder.class_page import names
from autograder.class_page.code import form
from autograder.class_page.evidence import Evidence
from autograder.class_page.reading import solutions
from autograder.course import Course

EDGES = """def vertical_edge_kernel():
    return torch.tensor([[1.0, -1.0]])


def horizontal_edge_kernel():
    return torch.tensor([[1.0], [-1.0]])


def diagonal_edge_kernel():
    return torch.tensor([[0.0, 1.0], [-1.0, 0.0]])


def sobel_kernels():
    Kx = torch.tensor([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]])
    Ky = Kx.t()
    return Kx, Ky
"""
TEXTBOOK = """def corr2d(X, K):
    h, w = K.shape
    Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + h, j:j + w] * K).sum()
    return Y
"""
CHECKED = TEXTBOOK.replace(
    "    Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))\n",
    "    if h > X.shape[0] or w > X.shape[1]:\n        raise ValueError('too big')\n"
    "    Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1), dtype=X.dtype, device=X.device)\n",
)
COPIED = LONG.format(comment="", total="total", step="step")


@pytest.fixture(scope="module")
def stubs() -> dict[str, str]:
    master = Course(ROOT).master("conv_layer")
    return solutions(master.read_bytes(), master.name)


def listed(question: str, source: str, evidence: Evidence) -> list[tuple[int, ...]]:
    """Whose answers are told of, when two gave this one to the question, in names of their own."""
    answered = verdict("ann").questions[0]
    for place, renamed in enumerate((source, source.replace("Kx", "gx").replace("Y", "out"))):
        evidence.add_answer(place, type(answered)(question, answered.checks), renamed)
    return [one.holders for one in evidence.alike()]


@pytest.mark.parametrize(
    ("question", "source"),
    [("edge_kernels", EDGES), ("corr2d", TEXTBOOK), ("corr2d", CHECKED), ("convolve2d", CHECKED)],
)
def test_two_who_write_the_natural_answer_are_not_listed(question: str, source: str, stubs: dict[str, str]) -> None:
    assert listed(question, source, Evidence(names.as_they_are(["ann", "ben"]), stubs)) == []


def test_two_who_have_the_same_long_peculiar_answer_are_listed(stubs: dict[str, str]) -> None:
    assert listed("corr2d", COPIED, Evidence(names.as_they_are(["ann", "ben"]), stubs)) == [(0, 1)]


def test_an_answer_that_anybody_may_come_to_is_not_listed(stubs: dict[str, str]) -> None:
    known = form(COPIED)
    assert known is not None
    assert listed("corr2d", COPIED, Evidence(names.as_they_are(["ann", "ben"]), stubs, {known})) == []


def test_what_was_released_does_not_make_an_answer_long(stubs: dict[str, str]) -> None:
    longer_stub = {"corr2d": COPIED.replace("return", "raise NotImplementedError  #")}
    assert listed("corr2d", COPIED, Evidence(names.as_they_are(["ann", "ben"]), longer_stub)) == []
