"""A worker's events become the outputs of a notebook cell. Every field is hostile: checked, bounded, or dropped."""

import base64
import binascii
from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

# What a front end shows. Script and widget types are not among them.
_TEXT_KINDS = frozenset({"text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml"})
_BINARY_KINDS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_MAX_OUTPUTS = 1000
_MAX_BYTES = 10 << 20
_MAX_ERROR_LINES = 500


def collapse_returns(text: str) -> str:
    """``text`` as a terminal shows it: what follows a carriage return overwrites the line."""
    return "\n".join(_last_writing(line) for line in text.replace("\r\n", "\n").split("\n"))


def _last_writing(line: str) -> str:
    written = line.rstrip("\r")  # a return at the end has overwritten nothing yet
    return written.rpartition("\r")[2] + line[len(written) :]


class OutputCollector:
    """Takes the events of one cell; gives its outputs as JupyterLab would show them."""

    def __init__(self, max_bytes: int = _MAX_BYTES) -> None:
        self._outputs: list[NotebookNode] = []
        self._displays: dict[str, list[NotebookNode]] = {}
        self._clear_before_next = False
        self._max_bytes = self._bytes_left = max(0, max_bytes)

    @property
    def size_bytes(self) -> int:
        """How much text and data the outputs hold."""
        return self._max_bytes - self._bytes_left

    def feed(self, event: dict[str, Any]) -> None:
        """Takes one event; one that makes no sense is ignored."""
        handlers: dict[str, Callable[[dict[str, Any]], None]] = {
            "stream": self._stream,
            "display_data": self._display,
            "execute_result": self._display,
            "update_display_data": self._update,
            "error": self._error,
            "clear_output": self._clear,
        }
        kind = event.get("output")
        if isinstance(kind, str) and kind in handlers:
            handlers[kind](event)

    def outputs(self) -> list[NotebookNode]:
        """The outputs so far, valid for nbformat 4."""
        finished = []
        for output in self._outputs:
            copy = NotebookNode(output)
            if copy.output_type == "stream":
                copy.text = collapse_returns("".join(copy.text))
            finished.append(copy)
        return finished

    def _stream(self, event: dict[str, Any]) -> None:
        name = "stderr" if event.get("name") == "stderr" else "stdout"
        text = self._bounded(event.get("text"))
        if not text:
            return
        self._clear_if_due()
        last = self._outputs[-1] if self._outputs else None
        if last is not None and last.output_type == "stream" and last.name == name:
            last.text.append(text)  # joined at the end: joining each time costs the square of the length
        else:
            self._append(NotebookNode(output_type="stream", name=name, text=[text]))

    def _display(self, event: dict[str, Any]) -> None:
        data = self._bundle(event.get("data"))
        if event["output"] == "execute_result":
            count = event.get("execution_count")
            count = count if type(count) is int and 0 <= count < 1 << 31 else None
            self._append(new_output("execute_result", data=data, metadata={}, execution_count=count))
            return
        output = new_output("display_data", data=data, metadata=_background(event.get("metadata")))
        self._append(output)
        identity = event.get("display_id")
        if isinstance(identity, str):
            self._displays.setdefault(identity, []).append(output)

    def _update(self, event: dict[str, Any]) -> None:
        identity = event.get("display_id")
        shown = self._displays.get(identity, []) if isinstance(identity, str) else []
        for output in shown:  # a copy for each, and paid for: a notebook's file repeats what outputs share
            output.data = self._bundle(event.get("data"))

    def _error(self, event: dict[str, Any]) -> None:
        lines = event.get("traceback")
        lines = lines[:_MAX_ERROR_LINES] if isinstance(lines, list) else []
        self._append(new_output(
            "error",
            ename=self._bounded(event.get("ename")) or "Error",
            evalue=self._bounded(event.get("evalue")),
            traceback=[self._bounded(line) for line in lines],
        ))  # fmt: skip

    def _clear(self, event: dict[str, Any]) -> None:
        self._clear_before_next = True
        if event.get("wait") is not True:
            self._clear_if_due()

    def _clear_if_due(self) -> None:
        if self._clear_before_next:
            self._outputs.clear()
            self._clear_before_next = False

    def _append(self, output: NotebookNode) -> None:
        self._clear_if_due()
        if len(self._outputs) < _MAX_OUTPUTS:
            self._outputs.append(output)

    def _bundle(self, data: Any) -> NotebookNode:
        """The parts of a MIME bundle that are known, well formed and not too large."""
        kept = NotebookNode()
        for kind, value in data.items() if isinstance(data, dict) else ():
            signature = _BINARY_KINDS.get(kind)
            if signature is not None and (not _is_image(value, signature) or len(value) > self._bytes_left):
                continue
            if isinstance(value, str) and (signature is not None or kind in _TEXT_KINDS):
                kept[kind] = self._bounded(value)
        return kept

    def _bounded(self, text: Any) -> str:
        if not isinstance(text, str):
            return ""
        kept = text[: self._bytes_left]
        self._bytes_left -= len(kept)
        return kept


def _is_image(value: Any, signature: bytes) -> bool:
    """Whether ``value`` is base64 of something that begins as an image of its kind does."""
    if not isinstance(value, str):
        return False
    try:
        return base64.b64decode(value.replace("\n", ""), validate=True).startswith(signature)
    except (binascii.Error, ValueError):
        return False


def _background(metadata: Any) -> dict[str, str]:
    """The one piece of metadata that Matplotlib's figures carry and front ends heed."""
    wanted = metadata.get("needs_background") if isinstance(metadata, dict) else None
    return {"needs_background": wanted} if wanted in ("light", "dark") else {}
