"""What the rounds of killing tell at the end is counted, and not taken for granted."""

from killing import toll

WANTED = {"ann": (3, 2), "ben": (0, 0)}


def test_a_round_that_cost_nobody_anything_says_so() -> None:
    assert toll(WANTED, WANTED, {"workers": 2, "graders": 1}) == "killed 1 graders, 2 workers; marks lost 0, doubled 0"


def test_marks_that_are_missing_or_wrong_are_lost() -> None:
    assert "marks lost 3, doubled 0" in toll(WANTED, {"ann": (3, 1)}, {})
    assert "marks lost 2, doubled 0" in toll(WANTED, {"ann": (None, None), "ben": (0, 0)}, {})


def test_marks_that_are_entered_twice_are_doubled() -> None:
    assert "marks lost 0, doubled 2" in toll(WANTED, {**WANTED, "ann": (3, 3, 2, 2)}, {})
    assert "marks lost 0, doubled 1" in toll(WANTED, {**WANTED, "nobody": (3,)}, {})
