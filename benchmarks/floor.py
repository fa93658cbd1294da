"""The floor: what the students' own code costs, run plainly in one warm process on the examples that the grader draws.

    python -m benchmarks.floor COURSE

Cells run in IPython with their figures; at each check cell the student's functions are called on every example, and
what they return is thrown away. Nothing is judged, watched, sent or confined. Prints JSON: each notebook's seconds.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import torch

from autograder.course import Course
from autograder.grading.assignment import Assignment, make_assignment
from autograder.grading.grade import CHECK_CELL
from autograder.grading.submission import read_notebook
from autograder.probe import devices
from autograder.probe.steps import Backward, Call, Device, Fill, Input, Programme, Read, Ref, SetGrad, Step
from autograder.worker.events import drop
from autograder.worker.shell import NotebookShell, create_shell
from benchmarks.classes import ASSIGNMENT


def main() -> None:
    """Measure every notebook of the course; the first one, which warms the process up, is measured twice."""
    course = Course(Path(sys.argv[1]))
    assignment = assignment_of(course)
    shell = plain_shell(assignment)
    notebooks = sorted((course.root / "submitted").glob(f"*/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"))
    run(shell, assignment, notebooks[0])
    took = [sum(run(shell, assignment, path)) for path in notebooks]
    print(json.dumps(took), file=sys.__stdout__)


def assignment_of(course: Course) -> Assignment:
    """The course's assignment, with its examples drawn."""
    master = course.master(ASSIGNMENT)
    questions = course.questions(ASSIGNMENT)
    return make_assignment(ASSIGNMENT, read_notebook(master), master.parent, questions, course.seed())


def plain_shell(assignment: Assignment) -> NotebookShell:
    """A shell in this process, whose outputs lead nowhere."""
    sys.path.insert(0, str(assignment.files))
    shell = create_shell()
    shell.attach(drop)
    return shell


def run(shell: NotebookShell, assignment: Assignment, path: Path) -> tuple[float, float]:
    """Seconds that a notebook's own code takes: in its cells, and when it is called."""
    notebook = nbformat.read(path, as_version=4)
    untyped: Any = shell
    untyped.reset(new_session=True)
    started, calls_s = time.perf_counter(), 0.0
    for cell in notebook.cells:
        check = CHECK_CELL.fullmatch(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if check is not None:
            before = time.perf_counter()
            for drawn in assignment.drawn[check[1]]:
                for programme in drawn.batch.programmes:
                    call_plainly(programme, shell.user_ns)
            calls_s += time.perf_counter() - before
        elif cell.cell_type == "code":
            shell.run(cell.source)
    return time.perf_counter() - started - calls_s, calls_s


def call_plainly(programme: Programme, namespace: dict[str, Any]) -> None:
    """Do what a programme says, as far as the student's code gets."""
    known: dict[str, Any] = {}
    try:
        for stage in programme:
            known |= {name: _tensor(item) for name, item in stage.inputs.items()}
            for step in stage.steps:
                _do(step, known, namespace)
    except Exception:
        return


def _tensor(item: Input) -> torch.Tensor:
    tensor = item.view()
    if item.device == "accelerator":
        tensor = tensor.to(devices.accelerator("cpu"))
    return tensor.requires_grad_() if item.requires_grad else tensor


def _do(step: Step, known: dict[str, Any], namespace: dict[str, Any]) -> None:
    def value(argument: Any) -> Any:
        match argument:
            case Ref(name, path):
                found = known[name]
                for part in filter(None, path.split(".")):
                    found = found[int(part)] if part.isdigit() else getattr(found, part)
                return found
            case Device(name):
                return devices.accelerator("cpu") if name == "accelerator" else torch.device("cpu")
            case tuple() | list():
                return type(argument)(value(item) for item in argument)
        return argument

    match step:
        case Call(name, str(function), args, kwargs) if function.startswith("torch."):
            target: Any = torch
            for part in function.split(".")[1:]:
                target = getattr(target, part)
            known[name] = target(*map(value, args), **{key: value(item) for key, item in kwargs.items()})
        case Call(name, function, args, kwargs):
            target = namespace[function] if isinstance(function, str) else value(function)
            known[name] = target(*map(value, args), **{key: value(item) for key, item in kwargs.items()})
        case Read(name, source):
            known[name] = value(source)
        case Fill(target, source):
            with torch.no_grad():
                value(target).copy_(value(source))
        case SetGrad(target, source):
            value(target).grad = value(source)
        case Backward(output, gradient):
            result, upstream = value(output), value(gradient)
            torch.autograd.backward(result, upstream.to(device=result.device, dtype=result.dtype))


if __name__ == "__main__":
    main()
