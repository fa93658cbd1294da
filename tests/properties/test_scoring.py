"""The share of right answers: right ways of counting keep their marks, and whoever leaves a trace is found."""

import pytest

from autograder.properties import evaluating, scoring
from tests.support.judging import Asked

COUNT = """
def accuracy(model, X, y):
    training = model.training
    model.eval()
    with torch.no_grad():
        share = (model(X).argmax(1) == y).float().mean().item()
    model.train(training)
    return share
"""
ALL = {"values", "float", "eval_mode", "no_trace"}


@pytest.fixture(scope="module")
def asked() -> Asked:
    return Asked(
        scoring.values("accuracy", 1),
        scoring.plain_float("accuracy", 1),
        evaluating.evaluation_mode("accuracy", 1),
        evaluating.no_trace("accuracy", 1),
        examples=20,
    )


RIGHT = {
    "as it stands": COUNT,
    "in batches": """
def accuracy(model, X, y):
    training = model.training
    model.eval()
    device = next(model.parameters()).device
    with torch.no_grad():
        hits = sum((model(X[i : i + 3].to(device)).argmax(1) == y[i : i + 3]).sum().item() for i in range(0, len(X), 3))
    model.train(training)
    return hits / len(y)
""",
    "on a copy": """
import copy
def accuracy(model, X, y):
    return (copy.deepcopy(model).eval()(X).max(1).indices == y).double().mean().item()
""",
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_ways_of_counting_have_every_property(name: str, asked: Asked) -> None:
    assert asked.lost(RIGHT[name]) == {}


SHARE = "(model(X).argmax(1) == y).float().mean().item()"
WRONG = {
    "percent": ("100 * " + SHARE, "percent"),
    "errors": ("1 - " + SHARE, "wrong_ones_counted"),
    "a number": ("(model(X).argmax(1) == y).sum().item()", "number_of_hits"),
    "the smallest": (SHARE.replace("argmax", "argmin"), "smallest_logit"),
    "all with all": (SHARE.replace("argmax(1)", "argmax(1, keepdim=True)"), "compares_all_with_all"),
    "one largest": (SHARE.replace("argmax(1)", "argmax()"), "argmax_over_everything"),
    "rounded down": (f"float(int({SHARE}))", "rounded_down"),
}


@pytest.mark.parametrize("name", WRONG)
def test_another_number_is_wrong_in_everything_and_has_a_name(name: str, asked: Asked) -> None:
    number, said = WRONG[name]
    assert SHARE in COUNT
    found = asked.lost(COUNT.replace(SHARE, number))
    assert set(found) == ALL
    assert found["values"] == said


@pytest.mark.parametrize("number", [SHARE.replace(".item()", ""), SHARE.replace(".item()", ".numpy()")])
def test_a_share_that_is_no_float_loses_that_alone(number: str, asked: Asked) -> None:
    assert set(asked.lost(COUNT.replace(SHARE, number))) == {"float"}


def test_a_model_that_is_left_as_it_is_answers_in_training_mode(asked: Asked) -> None:
    found = asked.lost(COUNT.replace("    model.eval()\n", ""))
    assert set(found) == {"eval_mode", "no_trace"}
    assert found["eval_mode"] == "mode_left_as_it_is"


WRONG_IN_ITS_TRACE = {
    "left in evaluation mode": ("    model.train(training)\n", "", "left_in_evaluation_mode"),
    "left in training mode": ("model.train(training)", "model.train()", "left_in_training_mode"),
    "frozen": ("    model.eval()\n", "    model.eval().requires_grad_(False)\n", "parameters_frozen"),
    "gradients cleared": ("    model.eval()\n", "    model.eval()\n    model.zero_grad()\n", "leaves_gradients"),
    "gradients off": ("    with torch.no_grad():\n", "    torch.set_grad_enabled(False)\n    if True:\n",
                      "changes_global_settings"),
    "labels changed": ("    model.train(training)\n", "    model.train(training)\n    y += 1\n", "changes_its_inputs"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_IN_ITS_TRACE)
def test_a_trace_costs_that_property_alone(name: str, asked: Asked) -> None:
    old, new, said = WRONG_IN_ITS_TRACE[name]
    assert old in COUNT
    assert asked.lost(COUNT.replace(old, new)) == {"no_trace": said}
