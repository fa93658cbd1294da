from xml.dom.minidom import parseString

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.report.safe_text import ELLIPSIS, encodable, finite, one_line, printable, shorten, without_commands

ANY_TEXT = st.text(st.characters() | st.sampled_from("\r\n\t\x1b:#[ \u3000\u200b\ud83d\ude00"))
PIECES = ["::", ":", "##[", "#", "[", "\n", " ", "\u3000", "\t", "\u200b", "error", "-"]
ORDERS = st.lists(st.sampled_from(PIECES)).map("".join)


def is_order(line: str) -> bool:
    """What GitHub's runner looks for in a line of a log."""
    return line.lstrip().startswith("::") or "##[" in line


@given(ANY_TEXT)
def test_printable_text_fits_into_utf8_xml_and_a_terminal(text: str) -> None:
    safe = printable(text)
    safe.encode()
    parseString(f"<a>{safe.replace('&', '&amp;').replace('<', '&lt;')}</a>".encode())
    assert all(character in "\t\n" or ord(character) >= 32 for character in safe)


@given(ANY_TEXT, st.integers(1, 20))
def test_no_text_grows_past_its_limit(text: str, limit: int) -> None:
    for make in (shorten, printable, encodable, one_line):
        assert len(make(text, limit)) <= limit


def test_what_was_cut_ends_in_an_ellipsis() -> None:
    assert shorten("abcdef", 4) == "abc" + ELLIPSIS
    assert printable("\r\n" * 5, 6)[-1] == ELLIPSIS
    assert shorten("abcd", 4) == "abcd"


def test_harmless_text_in_any_language_is_left_alone() -> None:
    text = "größe 幅 \u0631\u0642\u0645 👩\u200d🔬\n\tX[::-1]"
    assert printable(text) == encodable(text) == without_commands(text) == text


def test_harmful_characters_are_shown_as_escapes() -> None:
    assert printable("\x1b[31m\x00\ud800\u202e\r") == "\\x1b[31m\\x00\\ud800\\u202e\\r"


@given(ORDERS)
def test_no_line_stays_an_order_to_github(text: str) -> None:
    assert not any(is_order(line) for line in without_commands(text).split("\n"))


@given(ORDERS)
def test_text_without_orders_is_changed_in_white_space_only(text: str) -> None:
    assert "".join(without_commands(text).split()) == "".join(text.split())


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_a_number_without_a_value_counts_nothing(number: float) -> None:
    assert finite(number) == 0.0
    assert finite(2.5) == 2.5
