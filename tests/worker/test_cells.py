"""Cells run in a worker as they would under a kernel."""

from base64 import b64decode
from copy import deepcopy
from io import BytesIO
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from PIL import Image

from autograder.sandbox.forkserver import ForkServer
from autograder.sandbox.outputs import OutputCollector, collapse_returns

CELLS = [
    "print('hello')\n1 + 1",
    "import torch\ntorch.manual_seed(3)\ntorch.randn(2, 2)",
    "import matplotlib.pyplot as plt\nplt.plot([1, 4, 2], label='a')\nplt.title('A figure')\nplt.legend();",
    "figure, axes = plt.subplots(1, 2)\naxes[0].imshow(torch.eye(3))\nplt.show()\nprint('after')",
    "from IPython.display import HTML, Markdown, clear_output, display\ndisplay(HTML('<b>x</b>'), Markdown('*y*'))",
    "print('gone')\nclear_output(wait=True)\nprint('kept')",
    "handle = display('old', display_id=True)\nhandle.update('new')",
    "import sys\nprint('to stderr', file=sys.stderr)",
    "%%capture caught\nprint('captured')",
    "caught.stdout",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "def f(x):\n    return 1 / x\nf(0)",
    "print('still alive')",
    "None",
    "x = 3;\nx;",
    "_",
    "print('10%\\r50%\\r100%')",
]


@pytest.fixture(scope="module")
def under_a_kernel() -> list[Any]:
    notebook = new_notebook(cells=[new_code_cell(source, id=f"c{n}") for n, source in enumerate(CELLS)])
    NotebookClient(notebook, allow_errors=True, kernel_name="python3", timeout=60).execute()
    return [cell.outputs for cell in notebook.cells]


@pytest.fixture(scope="module")
def in_a_worker(fork_server: ForkServer) -> list[Any]:
    collected = []
    with fork_server.worker() as worker:
        for source in CELLS:
            collector = OutputCollector()
            worker.request({"do": "cell", "source": source}, time_limit_s=30, on_event=collector.feed)
            collected.append(collector.outputs())
    notebook = new_notebook(cells=[new_code_cell(outputs=outputs, id=f"c{n}") for n, outputs in enumerate(collected)])
    nbformat.validate(notebook)
    return collected


@pytest.mark.parametrize("number", range(len(CELLS)), ids=[source.splitlines()[0][:30] for source in CELLS])
def test_a_cells_outputs_are_those_of_a_kernel(number: int, under_a_kernel: list[Any], in_a_worker: list[Any]) -> None:
    assert comparable(in_a_worker[number]) == comparable(under_a_kernel[number])


def comparable(outputs: list[Any]) -> list[Any]:
    """Plain data, as JupyterLab shows it: nbclient leaves a stream in its parts, with its carriage returns.

    Of a figure it shows the pixels, however they are packed.
    """
    plain: list[Any] = []
    for output in (deepcopy(dict(output)) for output in outputs):
        if plain and output["output_type"] == "stream" and output["name"] == plain[-1].get("name"):
            plain[-1]["text"] += output["text"]
        else:
            plain.append(output)
    for output in plain:
        if "text" in output:
            output["text"] = collapse_returns(output["text"])
        if "image/png" in output.get("data", {}):
            picture = Image.open(BytesIO(b64decode(output["data"]["image/png"])))
            output["data"]["image/png"] = picture.mode, picture.size, picture.tobytes()
    return plain


def test_a_figure_is_drawn_to_find_its_extent_and_to_be_seen_and_no_third_time(worker: Any, run_cell: Any) -> None:
    count = "seen = []\nFigure.draw = lambda self, *args: seen.append(1) or draw(self, *args)"
    run_cell(
        worker, f"from matplotlib.figure import Figure\nimport matplotlib.pyplot as plt\ndraw = Figure.draw\n{count}"
    )
    run_cell(worker, "plt.plot([1, 2]);")
    assert run_cell(worker, "len(seen)").result == "2"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("exit()", "SystemExit"),
        ("import sys; sys.exit(1)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("def f(:", "SyntaxError"),
        ("input('name?')", "StdinNotImplementedError"),
        ("!ls", "OSError"),
        ("%%bash\nls", "OSError"),
        ("names = !ls", "OSError"),
        ("%pip install numpy", "OSError"),
        ("def f(): f()\nf()", "RecursionError"),
        ("class E(Exception):\n    def __str__(self): raise ValueError\nraise E", "Error"),
        (
            "class M(type):\n    __name__ = property(lambda s: 1/0)\nclass E(Exception, metaclass=M): pass\nraise E",
            "ZeroDivisionError",
        ),
        ("raise BaseException('x')", "BaseException"),
    ],
    ids=lambda text: text.splitlines()[0][:25],
)
def test_an_error_ends_the_cell_and_not_the_worker(source: str, error: str, worker: Any, run_cell: Any) -> None:
    cell = run_cell(worker, source)
    assert not cell.ok
    assert cell.error == error
    assert run_cell(worker, "1 + 1").result == "2"


def test_the_soft_time_limit_ends_the_cell_and_not_the_worker(worker: Any, run_cell: Any) -> None:
    loop = "x = 1\ndef f():\n    while True:\n        try: pass\n        except Exception: pass\nf()"
    events: list[dict[str, Any]] = []
    message = {"do": "cell", "source": loop, "time_limit_s": 0.2}
    assert worker.request(message, time_limit_s=60.0, on_event=events.append)[0]["in_time"] is False
    assert [event["ename"] for event in events if event["output"] == "error"] == ["TimeLimitReached"]
    assert run_cell(worker, "x").result == "1"


@pytest.mark.parametrize("source", ["def f():\n    while True:\n        pass\nf()", "!ls", "input()"])
def test_a_traceback_ends_in_the_notebook(source: str, worker: Any) -> None:
    events: list[dict[str, Any]] = []
    message = {"do": "cell", "source": source, "time_limit_s": 0.2}
    worker.request(message, time_limit_s=60.0, on_event=events.append)
    (traceback,) = ("\n".join(event["traceback"]) for event in events if event["output"] == "error")
    assert "Cell" in traceback
    assert "autograder" not in traceback


def test_what_a_cell_displays_is_bounded(worker: Any, run_cell: Any) -> None:
    cell = run_cell(worker, "from IPython.display import display\nwhile True: display('x' * 10**6)")
    assert cell.error == "TooMuchOutput"
    assert run_cell(worker, "1").ok


def test_random_numbers_are_the_same_in_every_worker(fork_server: ForkServer, run_cell: Any) -> None:
    draw = "import random, numpy, torch; (random.random(), numpy.random.rand(), torch.rand(3).tolist(), hash('a'))"
    with fork_server.worker() as one, fork_server.worker() as other:
        assert run_cell(one, draw).result == run_cell(other, draw).result


def test_nothing_that_judges_is_loaded_beside_the_student(worker: Any, run_cell: Any) -> None:
    events = run_cell(worker, "import sys; print(*sys.modules)").events
    loaded = "".join(event["text"] for event in events).split()
    assert "torch" in loaded
    judging = ("autograder.properties", "autograder.grading", "autograder.report", "hypothesis", "nbgrader")
    assert [name for name in loaded if name.startswith(judging)] == []


def test_a_worker_has_one_thread(worker: Any, run_cell: Any) -> None:
    used = "import threading, torch; (threading.active_count(), torch.get_num_threads())"
    assert run_cell(worker, used).result == "(1, 1)"
    assert run_cell(worker, "torch.nn.functional.conv2d(torch.ones(1, 1, 64, 64), torch.ones(8, 1, 3, 3)).sum()").ok
    assert run_cell(worker, "(torch.ones(300, 300, requires_grad=True) @ torch.ones(300, 300)).sum().backward()").ok


@pytest.mark.parametrize(
    "source",
    [
        "import sqlite3, ssl, http.client, PIL.Image, xml.dom.minidom, csv, statistics",
        "import skimage.data; assert skimage.data.camera().shape == (512, 512)",
        "import inspect\ndef g(x): return x\nassert 'return x' in inspect.getsource(g)",
        "import torch; assert torch.jit.script(torch.nn.Linear(2, 2))(torch.ones(1, 2)).shape == (1, 2)",
        "import torch; torch.save({'a': torch.ones(2)}, 'a.pt'); assert torch.load('a.pt')['a'].sum() == 2",
        "import shutil; open('a', 'w').close(); shutil.copy('a', 'b'); shutil.copytree('.', 'c')",
        "import tempfile\nwith tempfile.TemporaryDirectory() as d: open(d + '/x', 'w').write('y')",
        "import numpy; numpy.save('n.npy', numpy.ones(3)); assert numpy.load('n.npy').sum() == 3",
        "import matplotlib.pyplot as plt; plt.plot([1]); plt.savefig('figure.pdf'); plt.savefig('figure.svg')",
        "import time, datetime; time.sleep(0.01); datetime.datetime.now()",
        "import multiprocessing, concurrent.futures, os; os.cpu_count(); os.getpid()",
        "import torch; list(torch.utils.data.DataLoader(range(4), batch_size=2))",
    ],
    ids=lambda text: text[:30],
)
def test_what_honest_notebooks_do_works(source: str, worker: Any, run_cell: Any) -> None:
    cell = run_cell(worker, source)
    assert cell.ok, cell.events
