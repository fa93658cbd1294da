"""The table at the end of a run says what came of the attacks, the bound on their time included."""

from tests.attacks.table import Row, summary


def row(seconds: float, bound_s: float = 600.0) -> Row:
    return Row("time/endless", {"corr2d": 0.0}, {"corr2d": 0.0}, [], [], seconds, bound_s)


def test_the_bound_on_the_time_of_one_attack_stands_below_the_attacks() -> None:
    assert summary([row(3.0)])[-1] == "The limits let one attack hold the grader for 600 s; beyond it: none."


def test_an_attack_that_held_the_grader_for_longer_is_named() -> None:
    assert summary([row(601.0), row(3.0)])[-1].endswith("600 s; beyond it: time/endless.")


def test_a_row_survives_the_way_from_another_process() -> None:
    assert Row.of_json(row(3.0).as_json()) == row(3.0)
