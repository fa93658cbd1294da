"""A notebook's shell without a kernel: IPython in this process, its outputs handed on as events."""

import ast
import builtins
import contextlib
import getpass
import hashlib
import inspect
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

import matplotlib
from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import print_figure
from matplotlib import pyplot
from matplotlib.figure import Figure
from matplotlib_inline.backend_inline import configure_inline_support, flush_figures
from traitlets.config import Config

import autograder
from autograder.worker.events import MAX_CHARACTERS, OUTPUTS, Event, Stream, as_json, describe, drop

_CELL_NAME = "/notebook/cell-"
_PACKAGE = os.path.join(os.path.dirname(autograder.__file__), "")
_INLINE = "module://matplotlib_inline.backend_inline"
_PROCESS_MAGICS = (
    "bash", "sh", "script", "system", "sx", "!", "pip", "conda", "perl", "ruby", "python", "python3", "pypy",
)  # fmt: skip
_MODULES_BY_FILE: dict[str, str] = vars(inspect)["modulesbyfile"]


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
            "data": as_json(data),
            "metadata": as_json(metadata or {}),
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
            "data": as_json(format_dict),
            "metadata": as_json(md_dict or {}),
            "execution_count": self.prompt_count,
        })  # fmt: skip

    def finish_displayhook(self) -> None:
        OUTPUTS.flush()


class _Compiler(CachingCompiler):
    """Names cells as a kernel does, by a path that is not there, but the same one in every run."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        digest = hashlib.sha1(transformed_code.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
        name = f"{_CELL_NAME}{number}-{digest[:8]}.py"
        # A traceback looks for the module of each frame among thousands: it is found at once, even in deep recursion.
        _MODULES_BY_FILE[name] = "__main__"
        return name


class NotebookShell(InteractiveShell):
    """IPython's shell with a notebook's outputs, and without history, threads or other processes."""

    display_pub_class = _Publisher
    displayhook_class = _Hook
    compiler_class = _Compiler
    colors_force = True  # tracebacks in colour, as in a notebook

    def attach(self, send: Callable[[Event], None]) -> None:
        """Makes this shell the process's ``__main__``, its streams the standard ones, and ``send`` their way out."""
        OUTPUTS.send = send
        sys.stdout, sys.stderr = Stream("stdout", 1), Stream("stderr", 2)
        sys.modules["__main__"] = self.user_module
        self.user_ns["__name__"] = "__main__"
        builtins.input = _no_input
        getpass.getpass = _no_input
        warnings.filterwarnings("ignore", message="To exit: use")  # said of a terminal

    def run(
        self,
        source: str,
        *,
        shown: bool = True,
        piecemeal: bool = False,
        last_line: int | None = None,
        leave_out_last: bool = False,
        max_characters: int = MAX_CHARACTERS,
    ) -> int | None:
        """Runs a cell; the line at which it ended with an error, or None. Its outputs have been sent on return.

        Where nobody will see them (``shown`` is False), figures are not drawn, which takes most of a lesson's time.
        ``piecemeal``: a statement that raises keeps those after it from nothing, up to that with ``last_line``;
        ``leave_out_last``: without that one.
        ``max_characters``: of what it displays.
        """
        OUTPUTS.begin(max_characters)
        untyped_formatter: Any = self.display_formatter
        untyped_formatter.active_types = untyped_formatter.format_types if shown else ["text/plain"]
        failed_at: int | None = 0
        try:
            untyped: Any = self
            with self._transforming(_Piecemeal(last_line, leave_out_last)) if piecemeal else contextlib.nullcontext():
                result = untyped.run_cell(source, store_history=True)
            failed_at = None if result.success else _line(result.error_in_exec)
            if not result.success and not OUTPUTS.reported:  # IPython could not format the exception
                name, value = describe(result.error_before_exec or result.error_in_exec)
                OUTPUTS.report(name, value, [f"{name}: {value}"])
        except MemoryError:
            raise
        except BaseException as error:  # raised outside the cell proper, as by a display's own code
            name, value = describe(error)
            OUTPUTS.report(name, value, [f"{name}: {value}"])
        OUTPUTS.flush()
        return failed_at

    @contextlib.contextmanager
    def _transforming(self, transformer: ast.NodeTransformer) -> Iterator[None]:
        """In the body, the trees of cells go through ``transformer``."""
        self.ast_transformers.append(transformer)
        try:
            yield
        finally:
            if transformer in self.ast_transformers:  # a cell may have taken it out
                self.ast_transformers.remove(transformer)

    @contextlib.contextmanager
    def muted(self) -> Iterator[None]:
        """Nothing that is printed or displayed in the body leaves the process."""
        send, OUTPUTS.send = OUTPUTS.send, drop
        OUTPUTS.begin(sys.maxsize)
        try:
            yield
        finally:
            OUTPUTS.flush()
            OUTPUTS.send = send

    def _get_exc_info(self, exc_tuple: Any = None) -> tuple[Any, Any, Any]:
        """The exception to show, without this package's own frames at its end: the line that matters is the cell's."""
        untyped: Any = super()
        kind, error, traceback = untyped._get_exc_info(exc_tuple)
        _leave_out_own_frames(traceback)
        return kind, error, traceback

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


class _Piecemeal(ast.NodeTransformer):
    """Lets each statement of a cell fail for itself, and leaves out those after a line, or also that with the line."""

    def __init__(self, last_line: int | None, leave_out_last: bool) -> None:
        self._last_line, self._leave_out_last = last_line, leave_out_last

    def visit_Module(self, node: ast.Module) -> ast.Module:
        node.body = [_may_fail(statement) for statement in node.body if self._is_kept(statement)]
        return ast.fix_missing_locations(node)

    def _is_kept(self, statement: ast.stmt) -> bool:
        if self._last_line is None:
            return True
        if self._leave_out_last:
            return (statement.end_lineno or statement.lineno) < self._last_line
        return statement.lineno <= self._last_line


def _may_fail(statement: ast.stmt) -> ast.stmt:
    """The statement, whose failure is ignored; in a block each of its statements. A ``try`` has its own ways."""
    if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
        return statement
    if isinstance(statement, ast.With | ast.AsyncWith | ast.If | ast.For | ast.AsyncFor):
        statement.body = [_may_fail(inner) for inner in statement.body]
    ignore = ast.ExceptHandler(type=ast.Name(id="Exception", ctx=ast.Load()), name=None, body=[ast.Pass()])
    return ast.copy_location(ast.Try(body=[statement], handlers=[ignore], orelse=[], finalbody=[]), statement)


def _line(error: BaseException | None) -> int:
    """The line of the cell that an error came out of; 0 when none of it has run."""
    trace = error.__traceback__ if error is not None else None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.startswith(_CELL_NAME):
            return trace.tb_lineno
        trace = trace.tb_next
    return 0


def _no_input(prompt: object = "", stream: object = None) -> str:
    """``input`` where nobody sits before the notebook."""
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


def _no_commands(line: str, cell: str = "") -> None:
    raise OSError(f"shell commands are not available while a notebook is graded: {line or cell.strip()[:80]}")


def _leave_out_own_frames(traceback: TracebackType | None) -> None:
    last = None
    while traceback is not None:
        if not traceback.tb_frame.f_code.co_filename.startswith(_PACKAGE):
            last = traceback
        traceback = traceback.tb_next
    if last is not None:
        last.tb_next = None


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
    # After a cell its figures are shown and closed, as in a kernel, before Matplotlib draws those that are left.
    pyplot.uninstall_repl_displayhook()
    pyplot.install_repl_displayhook()
    shell.display_formatter.formatters["image/png"].for_type(Figure, _png)
    _warm_up(shell)
    return NotebookShell.instance()


def _png(figure: Figure) -> Any:
    """The figure as notebooks show it, packed in a third of the time and a tenth more bytes."""
    untyped: Any = print_figure
    return untyped(figure, "png", base64=True, bbox_inches="tight", pil_kwargs={"compress_level": 1})


def _warm_up(shell: Any) -> None:
    """Draws a figure and formats a traceback, so that the modules, fonts and lexers for it are loaded once for all."""
    figure, axes = pyplot.subplots()
    axes.semilogy([1, 2], label="⋆")  # no font of the first choice has it
    axes.imshow([[0, 1]], extent=(0, 1, 1, 2))
    axes.legend()
    shell.display_formatter.format(figure)
    pyplot.close(figure)
    flush_figures()
    try:
        raise ValueError
    except ValueError:
        shell.InteractiveTB.structured_traceback(*sys.exc_info())
