"""What the end of a run tells is counted from what the tests recorded."""

from tests.conftest import examples_by_target


def test_the_examples_of_a_targets_claims_are_added_up() -> None:
    counts = [("wire", 250), ("codec", 300), ("wire", 100)]
    assert examples_by_target(counts) == ["fuzz, codec: 300 examples executed", "fuzz, wire: 350 examples executed"]


def test_where_nothing_was_fuzzed_nothing_is_told() -> None:
    assert examples_by_target([]) == []
