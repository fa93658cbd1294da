from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from junitparser import Error, Failure, JUnitXml
from xmlschema import XMLSchema

from autograder.report.junit import junit_report, write_junit
from autograder.results import Result


def test_a_suite_is_a_question_and_a_case_a_property(graded: Result) -> None:
    suites = list(JUnitXml.fromstring(junit_report([graded])))
    assert [suite.name for suite in suites] == ["ann: ann/conv_layer.ipynb: corr2d", "ann: ann/conv_layer.ipynb: conv"]
    assert [[case.name for case in suite] for suite in suites] == [["corr2d.values", "corr2d.views"], ["conv.large"]]


def test_outcomes_say_what_is_wrong(graded: Result) -> None:
    cases = [case for suite in JUnitXml.fromstring(junit_report([graded])) for case in suite]
    assert cases[0].is_passed
    failure, error = cases[1].result[0], cases[2].result[0]
    assert isinstance(failure, Failure)
    assert failure.message == "got 3., want 4."
    assert "corr2d(X[::-1], K)" in failure.text
    for said in ("What is known: 1 of 3", "Likely cause: Strides are ignored.", "Try: Go by indices."):
        assert said in failure.text
    assert isinstance(error, Error)
    assert error.type == "timeout"


def test_counts_and_time_are_those_of_the_submissions(graded: Result, unreadable: Result) -> None:
    root = ElementTree.fromstring(junit_report([graded, unreadable]))
    assert {key: root.get(key) for key in ("tests", "failures", "errors", "time")} == {
        "tests": "4",
        "failures": "1",
        "errors": "2",
        "time": "1.75",
    }
    assert [(suite.get("tests"), suite.get("failures"), suite.get("errors")) for suite in root] == [
        ("2", "1", "0"),
        ("1", "0", "1"),
        ("1", "0", "1"),
    ]


def test_points_are_properties_of_suites_and_told_of_cases(graded: Result) -> None:
    suite = ElementTree.fromstring(junit_report([graded]))[0]
    values = {item.get("name"): item.get("value") for item in suite.findall("properties/property")}
    assert values["score"] == "2.0"
    assert values["max_score"] == "3.5"
    assert "seed" not in values  # who knew the seed would know the examples
    assert (values["corr2d.views.score"], values["corr2d.views.max_score"]) == ("0.0", "1.5")
    assert [case.findtext("system-out") for case in suite.findall("testcase")] == ["2 of 2 points", "0 of 1.5 points"]


@pytest.fixture(scope="module")
def schema() -> XMLSchema:
    """Jenkins' schema, as the source distribution of pytest has it; MIT licence, which stands at its top."""
    return XMLSchema(Path(__file__).with_name("junit-10.xsd"))


def test_every_report_is_valid_by_jenkins_schema(
    schema: XMLSchema, graded: Result, unreadable: Result, hostile: Result, hostile_error: Result
) -> None:
    long = replace(graded, duration_s=123456.789)
    for results in ([], [graded], [unreadable], [hostile], [hostile_error], [graded, graded, unreadable], [long] * 10):
        schema.validate(junit_report(results))


def test_a_submission_that_could_not_be_graded_is_one_error(unreadable: Result) -> None:
    (suite,) = JUnitXml.fromstring(junit_report([unreadable]))
    (case,) = suite
    assert case.is_error
    assert case.result[0].message == "not a notebook"


def test_equal_submissions_are_not_merged(graded: Result) -> None:
    root = ElementTree.fromstring(junit_report([graded, graded]))
    assert len(root) == 4
    assert root.get("tests") == "6"


def test_no_results_are_valid_xml() -> None:
    root = ElementTree.fromstring(junit_report([]))
    assert (root.tag, root.get("tests"), len(root)) == ("testsuites", "0", 0)


def test_hostile_words_stay_valid_bounded_xml_without_orders(hostile: Result, hostile_error: Result) -> None:
    content = junit_report([hostile, hostile_error])
    ElementTree.fromstring(content)
    assert len(content) < 500_000
    text = content.decode("utf-8")
    assert "##[" not in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())


def test_no_name_is_an_order_to_who_shows_it_in_a_line_of_its_own(graded: Result) -> None:
    root = ElementTree.fromstring(junit_report([replace(graded, notebook="##[error]x.ipynb", student="::error::x")]))
    names = [value for element in root.iter() for value in element.attrib.values()]
    assert not any(name.startswith("::") or "##[" in name for name in names)


def test_an_empty_message_is_still_a_failure(graded: Result) -> None:
    silent = replace(graded.checks[1], message="")
    result = replace(graded, questions=(replace(graded.questions[0], checks=(silent,)),))
    (suite,) = JUnitXml.fromstring(junit_report([result]))
    assert suite.failures == 1
    assert next(iter(suite)).result[0].message == "Views are read right."


def test_the_file_holds_the_report(graded: Result, tmp_path: Path) -> None:
    write_junit(tmp_path / "r.xml", [graded])
    assert (tmp_path / "r.xml").read_bytes() == junit_report([graded])
