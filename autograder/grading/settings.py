"""The settings of a grading run."""

from dataclasses import dataclass

from autograder.probe.devices import Preference


@dataclass(frozen=True)
class GradingSettings:
    """seed: None means the course's own. device: where properties that ask for one run. isolate: False only by word."""

    seed: int | None = None
    device: Preference = "cpu"
    isolate: bool = True
