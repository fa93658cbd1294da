"""What ``audit`` does between its options and its exit code: run the answers, show progress, report."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from autograder.audit import report_html, report_json, report_terminal
from autograder.audit.findings import Audited, Findings, findings
from autograder.audit.outcomes import Outcome
from autograder.audit.plan import Plan, make_plan
from autograder.audit.run import Order, audit_answers
from autograder.course import Course
from autograder.grading.settings import GradingSettings
from autograder.notebooks.build import copy_for_students
from autograder.report.files import require_place, write_atomically
from autograder.sandbox.forkserver import ForkServer


@dataclass(frozen=True)
class AuditOptions:
    """questions: their ids; none means all. html, json: where to write the reports; None means the course's folder."""

    questions: tuple[str, ...] = ()
    jobs: int = 1
    with_mutants: bool = True
    html: Path | None = None
    json: Path | None = None


def audit_command(
    course: Course, assignment: str, settings: GradingSettings, options: AuditOptions, console: Console
) -> int:
    """Audit an assignment; 0 when every answer fared as it should, else 1."""
    for path in filter(None, (options.html, options.json)):
        require_place(path)
    plan = make_plan(course, assignment, options.questions, options.with_mutants)
    if not any(not entry.is_right for entry in plan.entries):
        catalogue = course.catalogue(assignment)
        console.print(f"There are no wrong answers in {catalogue}: mutants alone are audited.", soft_wrap=True)
    columns = (TextColumn("auditing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("auditing", total=len(plan.answers))
        audited = audit_plan(course, assignment, plan, settings, options.jobs, lambda _: progress.advance(task))
    found = findings(audited)
    report_terminal.print_report(console, audited, found)
    for path in _write(course, audited, found, options):
        console.print(f"Report: {path}", markup=False, soft_wrap=True)
    return 0 if found.is_clean else 1


def audit_plan(
    course: Course,
    assignment: str,
    plan: Plan,
    settings: GradingSettings,
    jobs: int,
    heard: Callable[[Outcome], None] = lambda _: None,
) -> Audited:
    """Run everything that is planned; ``heard`` hears of each answer. Raises IsolationMissing."""
    started = time.monotonic()
    ForkServer(isolate=settings.isolate).close()  # told once, before any answer is run
    seed = course.seed() if settings.seed is None else settings.seed
    with tempfile.TemporaryDirectory(prefix="autograder-audit-") as work:
        files = Path(work, assignment)
        copy_for_students(course.module(assignment).parent, files)
        order = Order(course, assignment, replace(settings, seed=seed), files)
        outcomes = audit_answers(order, plan.answers, jobs, heard)
    duration_s = round(time.monotonic() - started, 1)
    return Audited(assignment, seed, plan.questions, plan.entries, plan.mutants, plan.equivalents, outcomes, duration_s)


def _write(course: Course, audited: Audited, found: Findings, options: AuditOptions) -> Sequence[Path]:
    kept = course.audit(audited.assignment)
    if options.html is None or options.json is None:
        kept.parent.mkdir(parents=True, exist_ok=True)
    html = options.html or kept.with_name(f"{kept.name}.html")
    json = options.json or kept.with_name(f"{kept.name}.json")
    write_atomically(html, report_html.html_report(audited, found))
    write_atomically(json, report_json.json_report(audited, found))
    return html, json
