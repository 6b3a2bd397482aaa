"""图表: where people would rather look than read, with the numbers of each chart beside it."""

from __future__ import annotations

from pipeline.publishing.book import Block, Chart, Out, Page
from pipeline.publishing.cells import Cell
from pipeline.publishing.counts import Counts
from pipeline.publishing.trend import measures_of
from pipeline.result import Result
from pipeline.rounding import share_value
from schemas import bureau_words as w
from schemas.bureau_words import Sheet
from schemas.class_names import class_text
from schemas.codes import DASH, GRADES
from schemas.figures import BY_KEY


def pictures_page(result: Result, line: str) -> Page:
    """Return the sheet 图表: targets against 100%, trend, classes by score, kinds of 留守 by grade."""
    blocks = (_targets(result), _trend(result), _scores(result), _kinds(result))
    trend = Chart(w.TREND_CHART, w.CHART_TREND_ALT, "line", 1, rows=tuple(range(len(w.TREND_FIGURES))), is_share=True)
    charts = (
        Chart(w.CHART_TARGETS, w.CHART_TARGETS_ALT, "bar", 0, columns=(1,), is_share=True),
        *([trend] if result.history.snapshots else []),  # one month is no line
        Chart(w.CHART_SCORES, w.CHART_SCORES_ALT, "column", 2, columns=(1,)),
        Chart(w.CHART_KINDS, w.CHART_KINDS_ALT, "stacked", 3, columns=(1, 2)),
    )
    return Page(Sheet.PICTURES, Sheet.PICTURES, line, blocks, charts=charts, is_landscape=False)


def _share(n: int, total: int) -> Cell:
    value = share_value(n, total)
    return DASH if value is None else value


def _targets(result: Result) -> Block:
    counts = Counts(result)
    rows: list[tuple[Cell, ...]] = [(BY_KEY[key].title, _share(*counts.school(key))) for key in w.TREND_FIGURES]
    return Block((Out(w.FIGURE, "text", 18), Out(w.RATE, "share", 12)), rows, w.CHART_TARGETS)


def _trend(result: Result) -> Block:
    counts = Counts(result)
    months = [*reversed(result.history.snapshots)]
    past = [measures_of(snapshot) for snapshot in months]
    columns = (Out(w.FIGURE, "text", 18), *(Out(str(s.month), "share", 12) for s in months))
    rows: list[tuple[Cell, ...]] = [
        (
            BY_KEY[key].title,
            *(_share(*found.get(("school", 0, 0, key), (0, 0))) for found in past),
            _share(*counts.school(key)),
        )
        for key in w.TREND_FIGURES
    ]
    return Block((*columns, Out(str(result.month), "share", 12)), rows, w.TREND_CHART)


def _scores(result: Result) -> Block:
    ranked = sorted((s for s in result.scores if s.total is not None), key=lambda s: s.place)
    rows: list[tuple[Cell, ...]] = [(class_text(score.place), score.total) for score in ranked]
    return Block((Out(w.CLASS, "text", 18), Out(w.SUM, "score", 12)), rows, w.CHART_SCORES)


def _kinds(result: Result) -> Block:
    heads = result.measured.heads
    names = [w.COUNT_COLUMNS[key] for key in ("is_double", "is_single")]
    rows: list[tuple[Cell, ...]] = []
    for grade in sorted(heads["grade"].unique()):
        own = heads[heads["grade"] == grade]
        rows.append((GRADES[int(grade) - 1], int(own["is_double"].sum()), int(own["is_single"].sum())))
    return Block((Out(w.GRADE, "text", 18), *(Out(name, "count", 12) for name in names)), rows, w.CHART_KINDS)
