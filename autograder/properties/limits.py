"""What one submission may use, as an instructor sets it for an assignment."""

import math
from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class SubmissionLimits:
    """Bounds on one submission; ``questions.py`` may define ``LIMITS``, one of these.

    cell_s: processor time of one cell. property_s: processor time of all examples of one property, for properties that
    state no limit of their own. submission_s: time on the clock for everything. memory_mb: address space, of which
    PyTorch takes 700 MB. output_mb: what one cell may display; an eighth of it may be printed. folder_mb, folder_files:
    what may lie beside the notebook, what it writes there included. Raises ValueError for what is no such bound.
    """

    cell_s: float = 60.0
    property_s: float = 5.0
    submission_s: float = 300.0
    memory_mb: int = 2500
    output_mb: int = 8
    folder_mb: int = 128
    folder_files: int = 2000

    def __post_init__(self) -> None:
        for field in fields(self):
            value, least, most = getattr(self, field.name), *_RANGES[field.name]
            whole = field.type is int
            kind = "a whole number" if whole else "a number"
            fits = isinstance(value, int) if whole else isinstance(value, (int, float)) and math.isfinite(value)
            if isinstance(value, bool) or not fits or not least <= value <= most:
                raise ValueError(f"{field.name} is {value!r}, and has to be {kind} from {least:g} to {most:g}")
        if max(self.cell_s, self.property_s) > self.submission_s:
            raise ValueError(f"submission_s is {self.submission_s:g}, less than one cell or property may take")


_RANGES: dict[str, tuple[float, float]] = {
    "cell_s": (0.5, 86_400),
    "property_s": (0.5, 3_600),
    "submission_s": (1, 86_400),
    "memory_mb": (1500, 1_000_000),
    "output_mb": (1, 64),
    "folder_mb": (2, 100_000),
    "folder_files": (10, 1_000_000),
}
