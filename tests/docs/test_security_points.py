"""The points that rest on what a student's process says of itself are as many as the page on security says."""

from pathlib import Path

import pytest

from autograder.properties.questions import load_questions

ROOT = Path(__file__).resolve().parents[2]
# By the last word of a property's id; a layer's parameters are reported, those that a function counts are values.
REPORTED = {
    "conv_layer": ("device", "pure", "fresh", "in_place", "conv2d_layer.parameters"),
    "conv_in_depth": ("device", "pure", "one_product", "not_growing"),
    "lenet": ("device", "pure", "mode", "no_trace", "lenet.parameters"),
}
NO_REPORT = "accuracy.eval_mode"


@pytest.mark.parametrize("name", REPORTED)
def test_the_points_that_rest_on_reports_are_as_documented(name: str) -> None:
    questions = load_questions(ROOT / "source" / name / "questions.py")
    properties = {f"{question.id}.{item.id}": item.points for question in questions for item in question.properties}
    ends = tuple(f"{separator}{end}" for end in REPORTED[name] for separator in ("._"))
    reported = sum(
        points for id, points in properties.items() if id != NO_REPORT and (id.endswith(ends) or id in REPORTED[name])
    )
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    whole = {"conv_layer": 40, "conv_in_depth": 37, "lenet": 20}[name]
    assert f"{reported:g} of `{name}`'s {whole}" in " ".join(text.split())
    assert f"{reported:g} of {whole} points" in text
