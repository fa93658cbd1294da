"""What came of a class, as it is kept in the course's folder."""

from collections.abc import Mapping, Sequence
from typing import overload

from autograder.course import Course
from autograder.report.verdict import read_verdict
from autograder.results import Result


class ClassResults(Sequence[Result]):
    """The results of a class, in the order of ``students``, each read when asked for: they are too many to be held.

    ungraded: the results of those that could not be graded and have no verdict for it, by student. Reading raises
    AutograderError where no verdict is kept, or none that can be read.
    """

    def __init__(
        self, course: Course, assignment: str, students: Sequence[str], ungraded: Mapping[str, Result] | None = None
    ) -> None:
        self._course, self._assignment, self._students, self._ungraded = course, assignment, students, ungraded or {}

    def __len__(self) -> int:
        return len(self._students)

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> list[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | list[Result]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        student = self._students[index]
        if student in self._ungraded:
            return self._ungraded[student]
        return read_verdict(self._course.verdict(self._assignment, student))
