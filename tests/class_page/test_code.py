"""What of an answer counts when it is compared, and what of it may be shown."""

import pytest

from autograder.class_page.code import form, wordless

ANSWER = "def f(X, K):\n    total = 0\n    for row in X:\n        total += (row * K).sum()\n    return total\n"


@pytest.mark.parametrize(
    "same",
    [
        ANSWER.replace("total", "result").replace("row", "line"),
        ANSWER.replace("def f(X, K)", "def f(image, kernel)").replace("in X", "in image").replace("* K", "* kernel"),
        ANSWER.replace("    total = 0", "    '''What it does.'''\n\n    total = 0  # begin"),
        ANSWER.replace("X, K", "X: 'Tensor', K: int = ...")
        .replace(" = ...", "")
        .replace("total = 0", "total: int = 0"),
        ANSWER.replace("(row * K)", "( row*K )"),
    ],
)
def test_names_comments_docstrings_annotations_and_layout_do_not_count(same: str) -> None:
    assert same != ANSWER
    assert form(same) == form(ANSWER)


@pytest.mark.parametrize(
    "other",
    [
        ANSWER.replace("total = 0", "total = 1"),
        ANSWER.replace("row * K", "K * row"),
        ANSWER.replace(".sum()", ".mean()"),
        ANSWER.replace("return total", "return row"),
        ANSWER.replace("    total = 0\n    for", "    for"),
    ],
)
def test_what_the_code_does_counts_and_so_does_its_order(other: str) -> None:
    assert form(other) != form(ANSWER)


@pytest.mark.parametrize("constant", ["1", "-1.0", "'a'"])
def test_a_size_is_of_statements_and_expressions_without_constants(constant: str) -> None:
    found = form(f"x = y + {constant}")
    assert found is not None
    assert found.size == 4  # the assignment, x, the sum, y


@pytest.mark.parametrize(
    "source",
    [
        "def f(:",
        "x = " + "(" * 90 + "1" + ")" * 90 + " + " + "+".join("1" * 3000),
        "x = " + "-" * 5000 + "1",
        "x = " + "f(" * 80 + ")" * 80,
        "x = 0x" + "f" * 10_000,
        "x = '" + "a" * 60_000 + "'",
        "\x00",
    ],
    ids=["no Python", "many terms", "signs", "calls", "a long number", "a long text", "a null"],
)
def test_what_cannot_be_parsed_within_bounds_has_no_form_and_is_not_shown(source: str) -> None:
    assert form(source) is None
    assert wordless(source) is None


def test_nothing_is_run() -> None:
    assert form("import os\nos._exit(1)") is not None


def test_code_without_words_has_no_comments_docstrings_or_texts() -> None:
    shown = wordless('def f(x):\n    """By Ada."""\n    # Ada again\n    return g("Ada", f"{x} Ada", b"Ada")  # Ada\n')
    assert shown == "def f(x):\n    return g('…', '…', '…')"


def test_a_function_of_a_docstring_alone_is_still_a_function() -> None:
    assert wordless('def f(x):\n    """By Ada."""\n') == "def f(x):\n    pass"
