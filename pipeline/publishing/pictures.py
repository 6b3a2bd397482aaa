"""图表: where people would rather look than read, with the numbers of each chart beside it."""

from __future__ import annotations

from pipeline.publishing.book import Chart, Row, Rows
from pipeline.publishing.cells import Cell
from pipeline.publishing.counts import Counts
from pipeline.publishing.trend import measures_of
from pipeline.result import Result
from pipeline.rounding import share_value
from schemas import bureau_words as w
from schemas.bureau_layout import KIND_CHART, SCORE_CHART, TARGET_CHART, TREND_CHART
from schemas.class_names import class_text
from schemas.codes import DASH, GRADES
from schemas.figures import BY_KEY


def charts_of(result: Result) -> tuple[Chart, ...]:
    """Return the pictures: targets against 100%, trend, classes by score, kinds of 留守 by grade."""
    trend = Chart(
        TREND_CHART,
        w.CHART_TREND_ALT,
        "trend_picture",
        "figure",
        rows=tuple(range(len(w.TREND_FIGURES))),
        across="months",
        is_share=True,
    )
    kinds = ("is_double", "is_single")
    return (
        Chart(TARGET_CHART, w.CHART_TARGETS_ALT, "target_picture", "figure", "bar", columns=("rate",), is_share=True),
        *([trend] if result.history.snapshots else []),  # one month is no line
        Chart(SCORE_CHART, w.CHART_SCORES_ALT, "score_picture", "class", "column", columns=("total",)),
        Chart(KIND_CHART, w.CHART_KINDS_ALT, "kind_picture", "grade", "stacked", columns=kinds),
    )


def picture_tables(result: Result) -> dict[str, Rows]:
    """Return the numbers of the pictures."""
    counts = Counts(result)
    targets: list[Row] = [{"figure": BY_KEY[key].title, "rate": _share(*counts.school(key))} for key in w.TREND_FIGURES]
    ranked = sorted((s for s in result.scores if s.total is not None), key=lambda s: s.place)
    scores: list[Row] = [{"class": class_text(score.place), "total": score.total} for score in ranked]
    return {
        "target_picture": Rows(targets),
        "trend_picture": _trend(result, counts),
        "score_picture": Rows(scores),
        "kind_picture": _kinds(result),
    }


def _share(n: int, total: int) -> Cell:
    value = share_value(n, total)
    return DASH if value is None else value


def _trend(result: Result, counts: Counts) -> Rows:
    months = [*reversed(result.history.snapshots)]
    past = [measures_of(snapshot) for snapshot in months]
    rows: list[Row] = []
    for key in w.TREND_FIGURES:
        shares = [found.get(("school", 0, 0, key), (0, 0)) for found in past] + [counts.school(key)]
        rows.append({"figure": BY_KEY[key].title, "months": tuple(_share(*share) for share in shares)})
    return Rows(rows, each=(*(str(snapshot.month) for snapshot in months), str(result.month)))


def _kinds(result: Result) -> Rows:
    heads = result.measured.heads
    rows: list[Row] = []
    for grade in sorted(heads["grade"].unique()):
        own = heads[heads["grade"] == grade]
        sums = {key: int(own[key].sum()) for key in ("is_double", "is_single")}
        rows.append({"grade": GRADES[int(grade) - 1], **sums})
    return Rows(rows)
