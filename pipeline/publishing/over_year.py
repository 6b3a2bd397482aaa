"""学年走势: the months of the 学年, a line a class; its numbers stand on a sheet of their own. School-only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.publishing.book import Chart, Page, Row, Rows, page_of
from pipeline.publishing.bureau import line
from pipeline.publishing.cells import Cell, Spark
from pipeline.publishing.counts import Counts
from pipeline.publishing.pictures import trend_title
from pipeline.publishing.trend import Key, compared_with, measures_of
from pipeline.result import Result
from pipeline.rounding import share_value
from pipeline.scoring.standings import standings_of
from schemas import bureau_words as w
from schemas.bureau_layout import CLASS_FIGURES
from schemas.class_names import class_text
from schemas.codes import DASH, TARGET_CLASS
from schemas.figures import BY_KEY, FIGURES
from schemas.school_layout import TREND, TREND_DATA

Shares = Sequence[tuple[int, int]]
_FULL_SCORE = 100


class _Months(NamedTuple):
    """The months of the 学年 so far: their heads, the measures of the earlier ones, the counts of this one."""

    heads: tuple[str, ...]
    past: Sequence[dict[Key, tuple[int, int]]]
    counts: Counts

    def of(self, key: Key, now: tuple[int, int]) -> Shares:
        return [*(found.get(key, (0, 0)) for found in self.past), now]


def trend_pages(result: Result) -> tuple[Page, Page]:
    """Return a line a class with a picture of the school's figures, and the numbers behind the lines."""
    snapshots = [*reversed(result.history.snapshots)]
    heads = (*(str(snapshot.month) for snapshot in snapshots), str(result.month))
    months = _Months(heads, [measures_of(snapshot) for snapshot in snapshots], Counts(result))
    school = {f.key: months.of(("school", 0, 0, f.key), months.counts.school(f.key)) for f in FIGURES}
    scores, classes = _scores(result, heads), _classes(result, months)
    rows: list[Row] = [{"figure": BY_KEY[key].title, "months": _cells(own)} for key, own in school.items()]
    tables = {
        "trend_lines": Rows(_lines(result, heads, scores, classes)),
        "trend_school": Rows(rows, each=heads),
        "trend_scores": Rows(scores, each=heads),
        "trend_classes": Rows(classes, each=heads),
    }
    charts = (_chart(heads, school),) if len(heads) > 1 else ()  # one month is no line
    notes = (w.LINES_NOTE, *compared_with(result))
    return page_of(TREND, tables, line(result), notes, charts=charts), page_of(TREND_DATA, tables, line(result))


def _lines(result: Result, heads: tuple[str, ...], scores: Sequence[Row], classes: Sequence[Row]) -> list[Row]:
    """Return a row a class: each number of this month, and its line over the months."""
    rows: list[Row] = []
    for number, c in enumerate(result.turnout.classes):
        row: dict[str, Cell] = {
            "class": class_text(c.place),
            "total": _last(scores[number]),
            "total_line": _line(heads, "trend_scores", number, _FULL_SCORE),
        }
        for place, key in enumerate(CLASS_FIGURES, start=number * len(CLASS_FIGURES)):
            row |= {key: _last(classes[place]), f"{key}_line": _line(heads, "trend_classes", place)}
        missing = {f"{key}_line" for key in ("total", *CLASS_FIGURES) if row[key] == DASH}
        rows.append(row | dict.fromkeys(missing))  # what ends a line is this month's
    return rows


def _last(row: Row) -> Cell:
    months = row["months"]
    last = months[-1] if isinstance(months, tuple) else months
    return DASH if last is None else last


def _line(heads: Sequence[str], table: str, row: int, top: float = 1) -> Cell:
    return Spark(table, row, "months", top) if len(heads) > 1 else None


def _classes(result: Result, months: _Months) -> list[Row]:
    """Return a row a class and figure, in the order of both."""
    return [
        {
            "class_and_figure": f"{class_text(c.place)} {BY_KEY[key].title}",
            "months": _cells(months.of(("class", *c.place, key), months.counts.of_class(c.place, key))),
        }
        for c in result.turnout.classes
        for key in CLASS_FIGURES
    ]


def _scores(result: Result, heads: tuple[str, ...]) -> list[Row]:
    """Return a row a class: its total score month by month."""
    earlier = [result.history.standings.get(head, {}) for head in heads[:-1]]
    months = [*earlier, standings_of(result.scores, result.teacher_scores)]
    rows: list[Row] = []
    for c in result.turnout.classes:
        found = [month.get((TARGET_CLASS, class_text(c.place))) for month in months]
        totals = tuple(None if one is None else one.total for one in found)
        rows.append({"class": class_text(c.place), "months": totals})
    return rows


def _chart(heads: tuple[str, ...], school: dict[str, Shares]) -> Chart:
    shown = tuple(place for place, figure in enumerate(FIGURES) if figure.key in w.TREND_FIGURES)
    alt = w.TREND_ALT.format(months=w.AND.join(heads))
    title = trend_title({key: school[key] for key in w.TREND_FIGURES})
    return Chart(title, alt, "trend_school", "figure", rows=shown, across="months", is_share=True, tall=20)


def _cells(shares: Shares) -> tuple[Cell, ...]:
    """Return a cell a month, empty where there is nothing to count: a text would be drawn as 0."""
    return tuple(share_value(*share) for share in shares)
