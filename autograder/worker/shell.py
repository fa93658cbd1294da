"""A notebook's shell without a kernel: IPython in this process, its outputs handed on as events.

An event is a dictionary whose ``output`` is one of stream, display_data, update_display_data, execute_result,
error and clear_output, with the fields that nbformat gives them.
"""

import base64
import builtins
import contextlib
import getpass
import io
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import pyplot
from matplotlib_inline.backend_inline import configure_inline_support, flush_figures
from traitlets.config import Config

Event = dict[str, Any]
_INLINE = "module://matplotlib_inline.backend_inline"
_PROCESS_MAGICS = (
    "bash", "sh", "script", "system", "sx", "!", "pip", "conda", "perl", "ruby", "python", "python3", "pypy",
)  # fmt: skip
_STREAM_CHUNK = 8192
MAX_TEXT_CHARACTERS = 1 << 20  # what one cell may print
MAX_RICH_CHARACTERS = 8 << 20  # what one cell may display


class TooMuchOutput(RuntimeError):
    """Raised in a cell that prints or displays without end."""


def _drop(event: Event) -> None:
    """A way out that leads nowhere."""


def describe(error: BaseException) -> tuple[str, str]:
    """The name and the message of an exception, whatever its class does when it is asked."""
    try:
        return str(type(error).__name__)[:200], str(error)
    except BaseException:
        return "Error", "<an exception without a printable message>"


class Outputs:
    """The way of a cell's outputs out of the process: in order, streams in larger pieces, bounded."""

    def __init__(self) -> None:
        self.send: Callable[[Event], None] = _drop
        self._name, self._pieces, self._waiting = "stdout", list[str](), 0
        self.begin()

    def begin(self, *, bounded: bool = True) -> None:
        """A new cell: it may say as much as any other."""
        self._text_left = MAX_TEXT_CHARACTERS if bounded else sys.maxsize
        self._rich_left = MAX_RICH_CHARACTERS if bounded else sys.maxsize
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
            raise TooMuchOutput(f"this cell printed more than {MAX_TEXT_CHARACTERS >> 20} MiB of text")

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
            raise TooMuchOutput(f"this cell displayed more than {MAX_RICH_CHARACTERS >> 20} MiB")
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
            "traceback": [line[:20_000] for line in traceback[:200]],
        })  # fmt: skip


OUTPUTS = Outputs()


class _Stream(io.TextIOBase):
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


def _as_json(data: dict[str, Any]) -> dict[str, Any]:
    """A MIME bundle with its bytes in base64, as notebooks keep them."""
    return {
        str(kind): base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for kind, value in data.items()
    }


class _Publisher(DisplayPublisher):
    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: Any = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        OUTPUTS.show({
            "output": "update_display_data" if update else "display_data",
            "data": _as_json(data),
            "metadata": _as_json(metadata or {}),
            "display_id": (transient or {}).get("display_id"),
        })  # fmt: skip

    def clear_output(self, wait: bool = False) -> None:
        OUTPUTS.show({"output": "clear_output", "wait": bool(wait)})


class _Hook(DisplayHook):
    def write_output_prompt(self) -> None:
        """A notebook's front end numbers the outputs."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        OUTPUTS.show({
            "output": "execute_result",
            "data": _as_json(format_dict),
            "metadata": _as_json(md_dict or {}),
            "execution_count": self.prompt_count,
        })  # fmt: skip

    def finish_displayhook(self) -> None:
        OUTPUTS.flush()


class NotebookShell(InteractiveShell):
    """IPython's shell with a notebook's outputs, and without history, threads or other processes."""

    display_pub_class = _Publisher
    displayhook_class = _Hook
    colors_force = True  # tracebacks in colour, as in a notebook

    def attach(self, send: Callable[[Event], None]) -> None:
        """Makes this shell the process's ``__main__``, its streams the standard ones, and ``send`` their way out."""
        OUTPUTS.send = send
        sys.stdout, sys.stderr = _Stream("stdout", 1), _Stream("stderr", 2)
        sys.modules["__main__"] = self.user_module
        self.user_ns["__name__"] = "__main__"
        builtins.input = _no_input
        getpass.getpass = _no_input
        warnings.filterwarnings("ignore", message="To exit: use")  # said of a terminal

    def run(self, source: str) -> bool:
        """Runs a cell; whether it ended without an error. Its outputs have been sent when this returns."""
        OUTPUTS.begin()
        try:
            untyped: Any = self
            result = untyped.run_cell(source, store_history=True)
            success = bool(result.success)
            if not success and not OUTPUTS.reported:  # IPython could not format the exception
                name, value = describe(result.error_before_exec or result.error_in_exec)
                OUTPUTS.report(name, value, [f"{name}: {value}"])
        except MemoryError:
            raise
        except BaseException as error:  # raised outside the cell proper, as by a display's own code
            name, value = describe(error)
            OUTPUTS.report(name, value, [f"{name}: {value}"])
            success = False
        OUTPUTS.flush()
        return success

    @contextlib.contextmanager
    def muted(self) -> Iterator[None]:
        """Nothing that is printed or displayed in the body leaves the process."""
        send, OUTPUTS.send = OUTPUTS.send, _drop
        OUTPUTS.begin(bounded=False)
        try:
            yield
        finally:
            OUTPUTS.flush()
            OUTPUTS.send = send

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        OUTPUTS.report(*describe(evalue), [str(line) for line in stb])

    def system(self, cmd: str) -> None:
        """``!command``: there are no other processes here."""
        _no_commands(cmd)

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> None:
        """``names = !command``: there are no other processes here."""
        _no_commands(cmd)

    def ask_exit(self) -> None:
        """``exit`` and ``quit``: the rest of the notebook is still to be run."""
        raise SystemExit

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no window."""


def _no_input(prompt: object = "", stream: object = None) -> str:
    """``input`` where nobody sits before the notebook."""
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


def _no_commands(line: str, cell: str = "") -> None:
    raise OSError(f"shell commands are not available while a notebook is graded: {line or cell.strip()[:80]}")


def _ignore_pager(*_: Any, **__: Any) -> None:
    """``thing?`` shows nothing, as under nbclient."""


def create_shell() -> NotebookShell:
    """The process's one shell, built in the fork server, where it costs nothing to a worker."""
    if NotebookShell.initialized():
        return NotebookShell.instance()
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "neutral"
    config.InteractiveShell.xmode = "Context"
    shell: Any = NotebookShell.instance(config=config)  # IPython's types are partial
    shell.display_formatter.active_types = shell.display_formatter.format_types
    shell.set_hook("show_in_pager", _ignore_pager, 0)
    for name in _PROCESS_MAGICS:
        shell.register_magic_function(_no_commands, magic_kind="line_cell", magic_name=name)
    matplotlib.use(_INLINE)
    matplotlib.interactive(True)
    configure_inline_support(shell, _INLINE)
    _warm_up(shell)
    return NotebookShell.instance()


def _warm_up(shell: Any) -> None:
    """Draws a figure and formats a traceback, so that the modules, fonts and lexers for it are loaded once for all."""
    figure, axes = pyplot.subplots()
    axes.plot([0, 1])
    axes.set_title("a")
    shell.display_formatter.format(figure)
    pyplot.close(figure)
    flush_figures()
    try:
        raise ValueError
    except ValueError:
        shell.InteractiveTB.structured_traceback(*sys.exc_info())
