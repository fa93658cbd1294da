"""Results to report on: an ordinary one, one that could not be graded, and one whose every word is hostile."""

from dataclasses import replace

import pytest

from autograder.results import CheckResult, CheckStatus, Grid, QuestionResult, Result, ResultStatus

HOSTILE = (
    "::error::forged\n  ::stop-commands::token\r\n\u3000::add-mask::x\n##[error]old\x1b[2J\x1b]0;title\x07 "
    "[bold]markup[/bold] <b>&\"']]>\x00\ud800\udc80\ufffe\u202egnp\u2028::warning::y\n" + "long " * 100_000
)

GRID = Grid("X", ((1.0, float("inf")), (-0.5, 3.0)), (1, 0), ((0, 0), (0, 1)))


@pytest.fixture
def graded() -> Result:
    held = CheckResult("corr2d.values", "corr2d", "The values are right.", 2.0, 2.0, CheckStatus.PASSED)
    wrong = CheckResult(
        "corr2d.views",
        "corr2d",
        "Views are read right.",
        0.0,
        1.5,
        CheckStatus.FAILED,
        "got 3., want 4.",
        "corr2d(X[::-1], K)",
        "Strides are ignored.",
        diagnosis="1 of 3 examples is answered rightly.",
        advice="Go by indices.",
        grids=(GRID,),
    )
    slow = CheckResult(
        "conv.large", "conv", "Large inputs go through.", 0.0, 1.0, CheckStatus.TIMEOUT, "no answer in 5 s"
    )
    return Result(
        "ann/conv_layer.ipynb",
        "conv_layer",
        "ann",
        4.5,
        ResultStatus.GRADED,
        7,
        "cpu",
        1.25,
        questions=(QuestionResult("corr2d", (held, wrong)), QuestionResult("conv", (slow,))),
    )


@pytest.fixture
def unreadable() -> Result:
    return Result("bob/conv_layer.ipynb", "conv_layer", "bob", 4.5, ResultStatus.ERROR, 7, "cpu", 0.5, "not a notebook")


@pytest.fixture
def hostile(graded: Result) -> Result:
    """All that a submission can choose, chosen badly; numbers that no JSON has."""
    texts = ("property", "message", "counterexample", "cause", "note", "misconception", "diagnosis", "advice")
    grid = Grid(HOSTILE, ((float("nan"), float("inf")),), (0, 0))
    words = dict.fromkeys(texts, HOSTILE)
    checks = tuple(replace(check, grids=(grid,), **words) for check in graded.checks)
    return replace(
        graded,
        notebook="::error::\x1b\udc80\n[red].ipynb",
        student="::debug::[red]\n::error::",
        message=HOSTILE,
        duration_s=float("nan"),
        questions=(QuestionResult("corr2d", checks),),
    )


@pytest.fixture
def hostile_error(hostile: Result) -> Result:
    return replace(hostile, status=ResultStatus.ERROR, questions=())
