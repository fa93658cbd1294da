"""What the fuzz tests are made of: how many examples there are, and hostile texts and JSON."""

import os
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# The suite draws the same examples each time, so that it fails for a change and for nothing else.
_TIMES = os.environ.get("FUZZ_TIMES", "")


def examples(usual: int) -> settings:
    """Settings for ``usual`` examples in the suite; FUZZ_TIMES in the environment asks for times as many, at random."""
    return settings(
        max_examples=usual * int(_TIMES or 1),
        derandomize=not _TIMES,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )


# Pieces of markup, orders to terminals and CI systems, and characters that some format or other cannot hold.
PIECES = (
    "<script>", "</script>", "</td></tr></table>", "</pre>", "<!--", "-->", "]]>", "<img src=x onerror=go()>", "<", ">",
    "&", "&lt;", "&#x3c;", "'", '"', "`", "=", "/", "\\", "javascript:", "[red]", "[/]", "::error::", "::", ":", "##[",
    "#", "[", "%0A", "\n", "\r", "\r\n", "\t", " ", "\x00", "\x08", "\x1b[2J", "\x1b]0;t\x07", "\x7f", "\x85", "\x9b",
    "\u00a0", "\u061c", "\u200b", "\u200f", "\u2028", "\u202e", "\u2066", "\u3000", "\ufeff", "\ufffe", "\uffff",
    "\ud800", "\udc80", "\U0001f600", "\U0010ffff", "é", "_", "x", "a word",
)  # fmt: skip

texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=8).map("".join)
numbers = st.integers() | st.floats() | st.sampled_from([0, -1, 2**31, 2**63, -(2**63), 2**64, 1e308])
leaves = st.none() | st.booleans() | numbers | texts
json_values: st.SearchStrategy[Any] = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=12
)


def any_of(*likely: st.SearchStrategy[Any] | Any) -> st.SearchStrategy[Any]:
    """One of the ``likely`` values most of the time, any JSON now and then."""
    strategies = [one if isinstance(one, st.SearchStrategy) else st.just(one) for one in likely]
    expected = st.one_of(strategies)
    return st.integers(0, 7).flatmap(lambda die: json_values if die == 7 else expected)
