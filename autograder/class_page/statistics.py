"""What a class's marks say of its questions and properties."""

import polars as pl

from autograder.report.content import UNWRITTEN

# With fewer a correlation says next to nothing: of ten submissions, chance alone makes it up to 0.63 (at 5 %).
FEWEST = 10


def by_property(marks: pl.DataFrame) -> pl.DataFrame:
    """A row for each property, in the order asked: see ``_items``. ``statement`` is the property in words."""
    items = marks.with_columns(unwritten=pl.col("misconception") == UNWRITTEN)
    return _items(items, ["question", "property"], pl.col("statement").first())


def by_question(marks: pl.DataFrame) -> pl.DataFrame:
    """A row for each question, in the order asked: see ``_items``. Unwritten is an answer that is still the stub."""
    return _items(question_marks(marks), ["question"])


def question_marks(marks: pl.DataFrame) -> pl.DataFrame:
    """A row for each question of each submission, with its points and whether it is unwritten."""
    return marks.group_by("place", "question", maintain_order=True).agg(
        pl.col("points", "max_points").sum().round(3),
        unwritten=(pl.col("misconception") == UNWRITTEN).all(),
    )


def _items(marks: pl.DataFrame, item: list[str], *more: pl.Expr) -> pl.DataFrame:
    """Statistics of items, which are questions or properties.

    ``max_points``: what it is worth. ``share``: the mean share of its points that was earned, which test theory calls
    its difficulty; of nothing, all is earned. ``lost``: the share of submissions that did not earn all. ``unwritten``:
    the share with no answer.

    ``discrimination``: the corrected item-rest correlation, r = cov(x, t - x) / (s(x) s(t - x)), Pearson's, where x is
    the points for the item and t the submission's total (S. Henrysson, Correction of item-total correlations in item
    analysis, Psychometrika 28, 1963, 211-218). None for fewer than FEWEST submissions, and where all have the same
    points for the item or for the rest.
    """
    totals = marks.group_by("place").agg(total=pl.col("points").sum())
    # rounded, because points are given in thousandths: what is equal is to be equal
    rest = (pl.col("total") - pl.col("points")).round(3)
    varied = (pl.len() >= FEWEST) & (pl.col("points").n_unique() > 1) & (pl.col("rest").n_unique() > 1)
    return (
        marks.join(totals, on="place", maintain_order="left")
        .with_columns(rest=rest)
        .group_by(item, maintain_order=True)
        .agg(
            *more,
            pl.col("max_points").max(),
            share=pl.when(pl.col("max_points") > 0).then(pl.col("points") / pl.col("max_points")).otherwise(1.0).mean(),
            lost=(pl.col("points") < pl.col("max_points")).mean(),
            unwritten=pl.col("unwritten").mean(),
            discrimination=pl.when(varied).then(pl.corr("points", "rest")),
        )
    )


def mistakes(marks: pl.DataFrame) -> pl.DataFrame:
    """A row for each misconception in a question. ``count``: the submissions that have it; ``cost``: points lost by it.

    The most frequent first, and of those as frequent the one that cost most.
    """
    named = marks.filter(~pl.col("misconception").cast(pl.String).is_in(["", UNWRITTEN]))
    order = marks.select(pl.col("question").unique(maintain_order=True)).with_row_index("nth")
    return (
        named.group_by("question", "misconception")
        .agg(count=pl.col("place").n_unique(), cost=(pl.col("max_points") - pl.col("points")).sum().round(3))
        .join(order, on="question")
        .with_columns(pl.col("question", "misconception").cast(pl.String))
        .sort(["count", "cost", "nth", "misconception"], descending=[True, True, False, False])
        .drop("nth")
    )


def unnamed(marks: pl.DataFrame) -> pl.DataFrame:
    """A row for each question in which points are lost that no misconception explains, in the order asked.

    ``count``: the submissions that lose such points.
    """
    lost = marks.filter((pl.col("misconception") == "") & (pl.col("points") < pl.col("max_points")))
    counted = lost.group_by("question", maintain_order=True).agg(count=pl.col("place").n_unique())
    order = marks.select(pl.col("question").unique(maintain_order=True))
    return order.join(counted, on="question", maintain_order="left").with_columns(pl.col("question").cast(pl.String))
