"""The outputs of a notebook's cells on their way out of the worker, as events: in order, and bounded.

An event is a dictionary whose ``output`` is one of stream, display_data, update_display_data, execute_result,
error and clear_output, with the fields that nbformat gives them.
"""

import base64
import io
from collections.abc import Callable
from typing import Any

Event = dict[str, Any]
_STREAM_CHUNK = 8192
_MIB = 1 << 20
MAX_CHARACTERS = 8 * _MIB  # what one cell may display
PRINTED_PART = 8  # and this part of it, print


class TooMuchOutput(RuntimeError):
    """Raised in a cell that prints or displays without end."""


def drop(event: Event) -> None:
    """A way out that leads nowhere."""


def describe(error: BaseException) -> tuple[str, str]:
    """The name and the message of an exception, whatever its class does when it is asked."""
    try:
        return str(type(error).__name__)[:200], str(error)
    except BaseException:
        return "Error", "<an exception without a printable message>"


def _middle_left_out(lines: list[str]) -> list[str]:
    return lines if len(lines) <= 200 else [*lines[:100], f"    [... {len(lines) - 200} frames ...]\n", *lines[-100:]]


class Outputs:
    """The way of a cell's outputs out of the process: in order, streams in larger pieces, bounded."""

    def __init__(self) -> None:
        self.send: Callable[[Event], None] = drop
        self._name, self._pieces, self._waiting = "stdout", list[str](), 0
        self.begin()

    def begin(self, characters: int = MAX_CHARACTERS) -> None:
        """A new cell: it may display so much, and print a part of it."""
        self._limit = characters
        self._text_left, self._rich_left = characters // PRINTED_PART, characters
        self.reported = False  # whether an error has been handed on

    def write(self, name: str, text: str) -> None:
        """Takes a piece of a stream. Raises TooMuchOutput."""
        if name != self._name:
            self.flush()
            self._name = name
        kept = text[: self._text_left]
        self._pieces.append(kept)
        self._waiting += len(kept)
        self._text_left -= len(kept)
        if self._waiting > _STREAM_CHUNK:
            self.flush()
        if len(kept) < len(text):
            raise TooMuchOutput(f"this cell printed more than {self._limit / PRINTED_PART / _MIB:g} MiB of text")

    def flush(self) -> None:
        """Hands on what was printed so far."""
        if self._pieces:
            text = "".join(self._pieces)
            self._pieces.clear()
            self._waiting = 0
            self.send({"output": "stream", "name": self._name, "text": text})

    def show(self, event: Event) -> None:
        """Hands on an event after all that was printed before it. Raises TooMuchOutput."""
        self.flush()
        size = sum(len(value) if isinstance(value, str) else 100 for value in event.get("data", {}).values()) + 100
        if size > self._rich_left:
            raise TooMuchOutput(f"this cell displayed more than {self._limit / _MIB:g} MiB")
        self._rich_left -= size
        self.send(event)

    def report(self, name: str, value: str, traceback: list[str]) -> None:
        """Hands on an error; never raises for its length."""
        self.flush()
        self.reported = True
        self.send({
            "output": "error",
            "ename": name,
            "evalue": value[:20_000],
            "traceback": [line[:20_000] for line in _middle_left_out(traceback)],
        })  # fmt: skip


OUTPUTS = Outputs()


class Stream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a notebook."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, descriptor: int) -> None:
        self._stream_name, self._descriptor = name, descriptor

    @property
    def name(self) -> str:
        return f"<{self._stream_name}>"

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        OUTPUTS.write(self._stream_name, text)
        return len(text)

    def flush(self) -> None:
        OUTPUTS.flush()

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._descriptor


def as_json(data: dict[str, Any]) -> dict[str, Any]:
    """A MIME bundle with its bytes in base64, as notebooks keep them."""
    return {
        str(kind): base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for kind, value in data.items()
    }
