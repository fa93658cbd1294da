"""What the end of a run tells is counted from what the tests recorded; which tests run in one process."""

import pytest

from tests.conftest import examples_by_target


def test_the_examples_of_a_targets_claims_are_added_up() -> None:
    counts = [("wire", 250), ("codec", 300), ("wire", 100)]
    assert examples_by_target(counts) == ["fuzz, codec: 300 examples executed", "fuzz, wire: 350 examples executed"]


def test_where_nothing_was_fuzzed_nothing_is_told() -> None:
    assert examples_by_target([]) == []


def test_side_by_side_the_tests_of_one_file_run_in_one_process(request: pytest.FixtureRequest) -> None:
    group = request.node.get_closest_marker("xdist_group").args[0]
    assert request.path.match(group)
    if request.config.getoption("loadgroup", default=False):
        assert request.node.nodeid.endswith(f"@{group}")  # this is how pytest-xdist tells the group
