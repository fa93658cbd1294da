"""What a gradebook says, without the keys and times that differ from one to the next."""

from typing import Any

from sqlalchemy import create_engine, text

_GRADES = """
    SELECT submitted_assignment.student_id, assignment.name, base_cell.name, grade.auto_score, grade.manual_score,
           grade.extra_credit, grade.needs_manual_grade, submitted_notebook.late_submission_penalty
    FROM grade
    JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
    JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
    JOIN assignment ON assignment.id = submitted_assignment.assignment_id
    JOIN base_cell ON base_cell.id = grade.cell_id
"""
_COMMENTS = """
    SELECT submitted_assignment.student_id, base_cell.name, comment.auto_comment, comment.manual_comment
    FROM comment
    JOIN submitted_notebook ON submitted_notebook.id = comment.notebook_id
    JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
    JOIN base_cell ON base_cell.id = comment.cell_id
"""
_CELLS = "SELECT name, cell_type, locked, source, checksum FROM source_cell"
_TABLES = ("student", "assignment", "notebook", "submitted_assignment", "submitted_notebook", "grade", "comment",
           "base_cell", "grade_cells", "solution_cells", "task_cells", "source_cell", "course")  # fmt: skip


def _plain(value: Any) -> Any:
    """SQLite has no type for what is true or false."""
    return int(value) if isinstance(value, bool) else value


def contents(url: str) -> dict[str, Any]:
    """Every mark, comment and cell, and how many rows each table has."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found: dict[str, Any] = {
            name: sorted(repr([_plain(value) for value in row]) for row in connection.execute(text(query)))
            for name, query in (("grades", _GRADES), ("comments", _COMMENTS), ("cells", _CELLS))
        }
        for table in _TABLES:
            found[table] = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
    engine.dispose()
    return found
