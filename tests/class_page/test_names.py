"""What a page without names hides, and how it is numbered."""

import unicodedata

import pytest
from class_pages import LONG, verdict

from autograder.class_page.evidence import Evidence
from autograder.class_page.names import numbered

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("student", "code"),
    [
        ("ann.miller", "def annmiller(X): pass"),
        ("ann miller", "AnnMiller = 1"),
        ("annmiller", "ann_miller = 1"),
        ("o.brien", "obrien = 1"),
        ("o.brien", "o_brien = 1"),
        (unicodedata.normalize("NFD", "müller"), "müller = 1"),
        ("müller", unicodedata.normalize("NFD", "Müller = 1")),
        ("s1234567", "student_1234567 = 1"),
        ("1234567", "s1234567x = 1"),
        ("strauß", "STRAUSS = 1"),
    ],
)
def test_a_name_is_known_however_it_is_written(student: str, code: str) -> None:
    called = numbered([student, "zoe"], KEY)
    assert not called.may_be_shown(code)
    assert not called.may_stand(code)


def test_code_that_names_nobody_is_shown() -> None:
    called = numbered(["ann.miller", "o.brien", "s1234567"], KEY)
    assert called.may_be_shown("def conv2d(X):\n    planned = X.mean() * 1234\n    return o + brie")


def test_groups_of_alike_answers_stand_in_the_order_of_their_numbers() -> None:
    students = [f"s{number:02}" for number in range(24)]
    called = numbered(students, KEY)
    evidence = Evidence(called, {})
    question = verdict("ann").questions[0]
    for place in range(24):
        source = LONG.format(comment="", total="t", step="i") + f"    return {place // 2}\n"
        evidence.add_answer(place, question, source)
    groups = [[int(called.shown[place]) for place in one.holders] for one in evidence.alike()]
    assert len(groups) == 12
    assert groups == sorted(sorted(group) for group in groups)
