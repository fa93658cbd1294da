"""Results add up without binary noise."""

from autograder.results import CheckResult, CheckStatus, QuestionResult, Result, ResultStatus, total


def check(score: float, most: float) -> CheckResult:
    return CheckResult("q.p", "q", "It holds.", score, most, CheckStatus.PASSED)


def test_tenths_add_up() -> None:
    assert total([0.1] * 3) == 0.3
    assert total([]) == 0
    assert type(total([1, 2])) is float


def test_a_questions_points_are_those_of_its_properties_and_a_results_those_of_its_questions() -> None:
    one = QuestionResult("one", (check(0.1, 0.5), check(0.2, 0.2)))
    two = QuestionResult("two", (check(0, 1),))
    result = Result("a.ipynb", "a", "s", 1.7, ResultStatus.GRADED, 0, "cpu", 1.5, questions=(one, two))
    assert (one.score, one.max_score) == (0.3, 0.7)
    assert result.score == 0.3
    assert result.checks == (*one.checks, *two.checks)


def test_a_result_that_could_not_be_graded_has_no_points() -> None:
    assert Result("a.ipynb", "a", "s", 40, ResultStatus.ERROR, 0, "cpu", 0, "unreadable").score == 0


def test_statuses_are_written_as_plain_words() -> None:
    assert [f"{status}" for status in CheckStatus] == ["passed", "failed", "error", "timeout"]
