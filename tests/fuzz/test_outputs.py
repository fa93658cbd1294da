"""Whatever events a worker sends: outputs that are valid, harmless in kind, and bounded in size."""

import base64
from typing import Any

import nbformat
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.sandbox.outputs import OutputCollector, collapse_returns
from tests.fuzz.material import any_of, examples, json_values, texts

SHOWN = {"text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml", "image/png", "image/jpeg"}
STARTS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
MOST_CHARACTERS = 2000

kinds = st.sampled_from(
    ["stream", "display_data", "execute_result", "update_display_data", "error", "clear_output", "comm_open", ""]
)
mime_types = st.sampled_from(
    [*sorted(SHOWN), "application/javascript", "application/vnd.jupyter.widget-view+json", "image/gif", "TEXT/HTML"]
)
pictures = st.sampled_from([*STARTS.values(), b"GIF89a"]).flatmap(
    lambda start: st.binary(max_size=20).map(lambda rest: base64.b64encode(start + rest).decode())
)
bundles = st.dictionaries(mime_types | texts, any_of(texts, pictures, "long " * 200), max_size=4)
events = st.fixed_dictionaries(
    {"output": any_of(kinds)},
    optional={
        "name": any_of("stdout", "stderr"),
        "text": any_of(texts),
        "data": any_of(bundles),
        "metadata": any_of({"needs_background": "light"}, {"needs_background": "<b>"}),
        "execution_count": any_of(1, True, -1, 2**31),
        "display_id": any_of("a", "b"),
        "traceback": any_of(st.lists(any_of(texts), max_size=4)),
        "ename": any_of(texts),
        "evalue": any_of(texts),
        "wait": any_of(True, False),
    },
)


def outputs_of(sent: list[dict[str, Any]], collector: OutputCollector) -> list[NotebookNode]:
    for event in sent:
        collector.feed(event)
    return collector.outputs()


def characters(output: NotebookNode) -> int:
    """Of the texts in an output."""
    if output.output_type == "error":
        return len(output.ename.removeprefix("Error") + output.evalue + "".join(output.traceback))
    return len(output.text) if output.output_type == "stream" else sum(map(len, output.data.values()))


@examples(150)
@given(sent=st.lists(events | st.dictionaries(texts, json_values, max_size=3), max_size=8))
def test_any_events_are_valid_outputs_of_known_kinds(sent: list[dict[str, Any]]) -> None:
    made = outputs_of(sent, OutputCollector())
    nbformat.validate(new_notebook(cells=[new_code_cell(outputs=made)]))
    for output in made:
        assert set(output.get("data", {})) <= SHOWN
        assert output.get("metadata", {}) in ({}, {"needs_background": "light"}, {"needs_background": "dark"})
        for kind, start in STARTS.items():
            if kind in output.get("data", {}):
                assert base64.b64decode(output.data[kind]).startswith(start)


@examples(100)
@given(sent=st.lists(events, max_size=8))
def test_outputs_hold_no_more_text_than_a_cell_may_show(sent: list[dict[str, Any]]) -> None:
    made = outputs_of(sent, OutputCollector(MOST_CHARACTERS))
    assert sum(map(characters, made)) <= MOST_CHARACTERS


@examples(100)
@given(count=st.integers(1, 40), data=st.dictionaries(mime_types, texts | st.just("long " * 200), max_size=3))
def test_an_update_of_many_displays_shows_no_more_than_a_cell_may(count: int, data: dict[str, str]) -> None:
    shown = {"output": "display_data", "data": {"text/plain": "x"}, "display_id": "a"}
    update = {"output": "update_display_data", "data": data, "display_id": "a"}
    made = outputs_of([shown] * count + [update], OutputCollector(MOST_CHARACTERS))
    assert sum(map(characters, made)) <= MOST_CHARACTERS


@examples(100)
@given(text=texts)
def test_what_returns_have_overwritten_stays_away(text: str) -> None:
    once = collapse_returns(text)
    assert len(once) <= len(text)
    assert collapse_returns(once) == once
