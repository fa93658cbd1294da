"""Puts properties to pieces of code in this process."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch

from autograder.check import LocalAsker
from autograder.properties import Property, Question
from autograder.properties.examples import Drawn, draw
from autograder.properties.judge import examine

EXAMPLES = 12


class Asked:
    """Properties with their drawn examples, to be put to one piece of code after the other."""

    def __init__(self, *items: Property, examples: int = EXAMPLES) -> None:
        torch.set_num_threads(1)  # cases are tiny: threads would only wait for each other
        self._question = Question("q", "A question", items)
        self._drawn: Sequence[Drawn] = [draw(item, 0, min(examples, item.examples)) for item in items]

    def lost(self, source: str) -> Mapping[str, str]:
        """The properties that code loses, each with the name of the mistake that explains why, or nothing."""
        namespace: dict[str, Any] = {}
        exec(f"import torch\nfrom torch import nn\nfrom torch.nn import functional as F\n{source}", namespace)
        asker = LocalAsker(namespace)
        examined = [examine(self._question, one, asker) for one in self._drawn]
        return {one.drawn.property.id: one.diagnosis().misconception for one in examined if not one.holds}
