"""nbgrader's gradebook: made whole or not at all, waited for while others write, and explained when it is of no use."""

import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import nbgrader
from alembic.script import ScriptDirectory
from nbgrader.api import Assignment, Grade, Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import create_engine, func, inspect, select, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from autograder.errors import AutograderError
from autograder.results import total

# How long a writer waits for another to finish, before it gives up: formgrader and nbgrader write for milliseconds.
PATIENCE_S = 30

_BACKUP = "Put a backup in its place. It has been left as it is."
_ANOTHER_SCHEMA = "Make a copy of it, run nbgrader db upgrade, and then this command again."
# What SQLite says, and what to do then
_FIXES = {
    "locked": "End the program that holds it open (formgrader, nbgrader, a database browser) and run this again.",
    "full": "Free some space and run this again.",
    "readonly": "Make the gradebook and its folder writable and run this again.",
    "unable to open": "Make the gradebook and its folder readable and writable and run this again.",
    "not a database": _BACKUP,
    "malformed": _BACKUP,
    "refused": "Start the database server, or look at AUTOGRADER_DB_URL: host, port, user and password.",
    "disk I/O error": "Look after the disk; then put a backup in its place if need be.",
    "no such": _ANOTHER_SCHEMA,
    "has no column": _ANOTHER_SCHEMA,
}
# What a submission's rows are looked up by
_INDEXED = (("grade", "notebook_id"), ("comment", "notebook_id"), ("submitted_notebook", "assignment_id"))
_WRITING = 0x6175746F677264  # of the locks that a database's users may agree on, ours
_OTHER_FIX = "Look at the gradebook, or at AUTOGRADER_DB_URL if that is set."

# nbgrader has Tornado log tracebacks of what it raises anyway; without a handler Python prints them.
logging.getLogger("tornado.application").addHandler(logging.NullHandler())


class GradebookFailed(AutograderError):
    """The gradebook can be of no use to anybody's submission."""


def patient(db_url: str) -> str:
    """``db_url`` with PATIENCE_S for an SQLite file that another program is writing to, unless it says how long."""
    url = make_url(db_url)
    if url.get_backend_name() != "sqlite" or "timeout" in url.query:
        return db_url
    return url.update_query_dict({"timeout": str(PATIENCE_S)}).render_as_string(hide_password=False)


@contextmanager
def open_gradebook(directory: CourseDirectory) -> Iterator[Gradebook]:
    """The course's gradebook, made if it is missing; raises GradebookFailed if it cannot be used."""
    url = make_url(directory.db_url)
    try:
        _make(url, directory.course_id)
        _require_schema(url)
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            yield gradebook
    except (SQLAlchemyError, ValueError) as error:
        failed = gradebook_failure(error)
        if failed is None:
            raise
        raise failed from error


@contextmanager
def the_only_writer_anywhere(engine: Engine) -> Iterator[None]:
    """In the body no other run, on whatever machine, enters anything into the gradebook on a PostgreSQL server.

    It is waited for. An SQLite file is one machine's, and has locks of its own. Raises GradebookFailed.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    try:
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text(f"SELECT pg_advisory_lock({_WRITING})"))
    except SQLAlchemyError as error:
        raise gradebook_failure(error) or error from error
    try:
        yield
    finally:
        with suppress(SQLAlchemyError):  # a connection that is lost holds no lock
            connection.execute(text(f"SELECT pg_advisory_unlock({_WRITING})"))
        connection.close()


def add_indexes(gradebook: Gradebook) -> None:
    """Have the database find a submission's rows without reading all others'; nbgrader's tables lack what it takes."""
    with gradebook.engine.begin() as connection:
        for table, column in _INDEXED:
            connection.execute(text(f"CREATE INDEX IF NOT EXISTS autograder_{table}_{column} ON {table} ({column})"))


def auto_scores(gradebook: Gradebook, assignment: str) -> dict[str, float]:
    """The points that were entered by grading, by student, of those for whom all are entered."""
    rows = gradebook.db.execute(
        select(SubmittedAssignment.student_id, func.sum(Grade.auto_score))
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == assignment)
        .group_by(SubmittedAssignment.student_id)
    )
    return {student: total([score]) for student, score in rows if score is not None}


def gradebook_failure(error: BaseException) -> GradebookFailed | None:
    """What the gradebook suffers from, if that is what ``error`` comes of; None if it comes of what was entered.

    nbgrader wraps what the database says in errors of its own.
    """
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, DBAPIError) and not isinstance(cause, IntegrityError):
            said = str(cause.orig).strip()
            fix = next((fix for words, fix in _FIXES.items() if words in said), _OTHER_FIX)
            return GradebookFailed("The gradebook cannot be used.", f"The database says: {said}.", fix)
        cause = cause.__cause__ or cause.__context__
    return None


def _make(url: URL, course_id: str) -> None:
    """Make an SQLite gradebook beside its place and put it there whole.

    nbgrader makes the tables, and a second later notes of which version they are. Without that note, which a command
    killed in between does not leave, the gradebook could never be upgraded.
    """
    if url.get_backend_name() != "sqlite" or not url.database or Path(url.database).exists():
        return
    place = Path(url.database)
    unfinished = place.with_name(f".unfinished-{secrets.token_hex(8)}.db")
    try:
        with Gradebook(url.set(database=str(unfinished)).render_as_string(hide_password=False), course_id):
            pass
        os.rename(unfinished, place)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _require_schema(url: URL) -> None:
    """Raises GradebookFailed when another version of nbgrader made the gradebook, before anything is changed in it."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    finally:
        engine.dispose()
    scripts = ScriptDirectory(str(Path(nbgrader.__file__).parent / "alembic"))
    if found in scripts.get_heads():
        return
    older = found in {script.revision for script in scripts.walk_revisions()}
    raise GradebookFailed(
        f"The gradebook was made by {'an older' if older else 'another, probably newer'} version of nbgrader.",
        f"Its tables are of version {found}; nbgrader {nbgrader.__version__} needs {', '.join(scripts.get_heads())}.",
        _ANOTHER_SCHEMA if older else "Install the nbgrader that made it, or put a backup in its place.",
    )
