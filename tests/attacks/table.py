"""What came of each attack, as lines of JSON and as a table by family."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

CONTROLS = "controls"  # the family of honest notebooks


@dataclass(frozen=True)
class Row:
    """One attack. expected, got: marks by question id; disturbed: honest answers that were judged otherwise than alone.

    seconds: how long the attack held the grader; bound_s: the longest that it may.
    confined: whether it was graded with protection.
    """

    name: str
    expected: Mapping[str, float]
    got: Mapping[str, float]
    traces: Sequence[str]
    disturbed: Sequence[str]
    seconds: float
    bound_s: float
    confined: bool = True

    @property
    def family(self) -> str:
        return self.name.partition("/")[0]

    @property
    def gained(self) -> float:
        return sum(max(0.0, self.got[question] - self.expected[question]) for question in self.expected)

    @classmethod
    def of_json(cls, text: str) -> "Row":
        return cls(**json.loads(text))

    def as_json(self) -> str:
        return json.dumps(asdict(self))


def summary(rows: Sequence[Row]) -> list[str]:
    """The table by family, and below it how long the honest notebooks took with and without protection."""
    families: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.confined:
            families[row.family].append(row)
    total = [row for family in families.values() for row in family]
    lines = [f"{'family':<12}{'attacks':>8}{'marks gained':>14}{'traces':>8}{'disturbed':>11}{'longest s':>11}"]
    lines += [_line(family, families[family]) for family in sorted(families)]
    lines += [_line("all", total), _bound(total), *_times(rows)] if total else []
    return lines


def _line(family: str, rows: Sequence[Row]) -> str:
    longest = max(rows, key=lambda row: row.seconds)
    return (
        f"{family:<12}{len(rows):>8}{sum(row.gained for row in rows):>14g}{sum(bool(row.traces) for row in rows):>8}"
        f"{sum(bool(row.disturbed) for row in rows):>11}{longest.seconds:>11.2f}  {longest.name}"
    )


def _bound(rows: Sequence[Row]) -> str:
    bounds = " or ".join(f"{bound:g} s" for bound in sorted({row.bound_s for row in rows}))
    beyond = [row.name for row in rows if row.seconds > row.bound_s]
    return f"The limits let one attack hold the grader for {bounds}; beyond it: {', '.join(beyond) or 'none'}."


def _times(rows: Sequence[Row]) -> list[str]:
    seconds = {(row.name, row.confined): row.seconds for row in rows if row.family == CONTROLS}
    both = sorted(name for name, confined in seconds if confined and (name, False) in seconds)
    if not both:
        return []
    return [
        f"{'honest notebook':<40}{'isolated s':>11}{'open s':>11}",
        *(f"{name:<40}{seconds[name, True]:>11.2f}{seconds[name, False]:>11.2f}" for name in both),
    ]
