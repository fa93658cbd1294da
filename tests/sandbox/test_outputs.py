"""Events become the outputs JupyterLab would show, and hostile ones become nothing worse."""

import base64
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.sandbox.outputs import OutputCollector, collapse_returns

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n and so on").decode()


def collect(*events: Any) -> list[Any]:
    collector = OutputCollector()
    for event in events:
        collector.feed(event)
    outputs = collector.outputs()
    nbformat.validate(new_notebook(cells=[new_code_cell(outputs=outputs, id="a")]))
    return outputs


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output": "stream", "name": name, "text": text}


def display(text: str, **fields: Any) -> dict[str, Any]:
    return {"output": "display_data", "data": {"text/plain": text}, "metadata": {}, **fields}


def test_pieces_of_one_stream_are_one_output_and_another_stream_begins_a_new_one() -> None:
    outputs = collect(stream("a"), stream("b"), stream("c", "stderr"), stream("d"))
    assert [(output.name, output.text) for output in outputs] == [("stdout", "ab"), ("stderr", "c"), ("stdout", "d")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("10%\r50%\r100%\n", "100%\n"), ("a\r\nb", "a\nb"), ("a\nbc\rd", "a\nd"), ("end\r", "end\r")],
)
def test_a_carriage_return_overwrites_the_line(text: str, shown: str) -> None:
    assert collapse_returns(text) == shown


def test_clearing_empties_the_cell_at_once_or_at_the_next_output() -> None:
    assert collect(stream("a"), {"output": "clear_output", "wait": False}) == []
    waiting = {"output": "clear_output", "wait": True}
    assert [output.text for output in collect(stream("a"), waiting)] == ["a"]
    assert [output.text for output in collect(stream("a"), waiting, stream("b"))] == ["b"]


def test_a_display_is_updated_where_it_stands() -> None:
    update = {"output": "update_display_data", "data": {"text/plain": "new"}, "metadata": {}, "display_id": "1"}
    outputs = collect(display("old", display_id="1"), display("other"), update)
    assert [output.data["text/plain"] for output in outputs] == ["new", "other"]


def test_a_figure_is_kept_and_what_only_claims_to_be_one_is_not() -> None:
    event = {"output": "display_data", "data": {"image/png": PNG, "image/jpeg": PNG, "text/plain": "<Figure>"}}
    assert dict(collect(event)[0].data) == {"image/png": PNG, "text/plain": "<Figure>"}


@pytest.mark.parametrize("kind", ["application/javascript", "application/vnd.jupyter.widget-view+json", "x", ""])
def test_kinds_that_run_are_dropped(kind: str) -> None:
    assert dict(collect({"output": "display_data", "data": {kind: "alert(1)", "text/plain": "a"}})[0].data) == {
        "text/plain": "a"
    }


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"output": None},
        {"output": ["stream"]},
        {"output": "stream"},
        {"output": "stream", "name": 3, "text": 3},
        {"output": "execute_result", "data": 3, "execution_count": "1"},
        {"output": "execute_result", "data": {"text/plain": ["a"]}, "execution_count": True},
        {"output": "execute_result", "data": {}, "execution_count": 10**30},
        {"output": "display_data", "data": None, "metadata": 7, "display_id": {"a": 1}},
        {"output": "display_data", "data": {"image/png": "%%%"}, "metadata": {"needs_background": "<script>"}},
        {"output": "update_display_data", "data": {}, "display_id": ["a"]},
        {"output": "error", "ename": None, "evalue": {}, "traceback": "text"},
        {"output": "error", "ename": "E", "evalue": "v", "traceback": [1, None, "line"]},
        {"output": "clear_output", "wait": "yes"},
    ],
    ids=str,
)
def test_a_field_of_the_wrong_type_leaves_a_valid_notebook(event: dict[str, Any]) -> None:
    assert collect(stream("before"), event, stream("after"))[-1].text.endswith("after")


def test_the_outputs_of_a_cell_are_bounded_in_size_and_number() -> None:
    assert sum(len(output.text) for output in collect(*[stream("x" * (1 << 20))] * 20)) == 10 << 20
    assert len(collect(*[display("x")] * 2000)) == 1000
    assert len(collect({"output": "error", "ename": "E", "evalue": "", "traceback": ["x"] * 9999})[0].traceback) == 500
