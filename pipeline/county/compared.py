"""A district beside its earlier months: the trend, and like for like against the month before."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.county.district import District
from pipeline.publishing.book import Row, Rows
from pipeline.publishing.cells import Cell, Cells, Share
from pipeline.publishing.trend import change
from pipeline.rounding import percent, share_value
from schemas import county_words as w
from schemas.figures import FIGURES


def trend_tables(district: District) -> dict[str, Rows]:
    """Return 趋势 and 与上月比较 by the keys of their tables."""
    return {"trend": _trend(district), "alike": _alike(district)}


def _trend(district: District) -> Rows:
    months = sorted(district.earlier)
    rows: list[Row] = []
    for figure in FIGURES:
        shares = [district.earlier[month].get(figure.key, (0, 0)) for month in months]
        shown = tuple(_share_cells([*shares, district.share(figure.key)]))
        rows.append({"figure": figure.title, "months": shown})
    return Rows(rows, each=(*months, str(district.month)))


def _share_cells(shares: Iterable[tuple[int, int]]) -> Iterable[Cell]:
    values = [share_value(*share) for share in shares]
    return [w.DASH if value is None else value for value in values]


def _alike(district: District) -> Rows:
    """Return every figure then and now, over the schools that handed in the same classes in both months."""
    rows: list[Cells] = []
    for figure in FIGURES if district.before else ():
        now, then = district.pair(figure.key, district.done)
        rows.append(
            {
                "figure": figure.title,
                "last_done": then[0],
                "last_due": then[1],
                "last_rate": Share(percent(*then), "last_done", "last_due"),
                "done": now[0],
                "due": now[1],
                "rate": Share(percent(*now), "done", "due"),
                "change": change(now, then),
            }
        )
    return Rows(rows)


def alike_note(district: District) -> tuple[str, ...]:
    """Say between which schools the change is taken, and which it leaves out."""
    if district.before is None:
        return (w.NO_BEFORE,)
    alike, done = {school.code for school in district.alike}, {school.code for school in district.done}
    left = [school.name for school in district.done if school.code not in alike]
    left += [school.name for code, school in district.before.schools.items() if school.counts and code not in done]
    told = w.ALIKE.format(month=district.before.month, count=len(alike))
    names = w.NOT_ALIKE.format(count=len(left), names=w.AND.join(left[: w.NAMED])) if left else ""
    return (told + names,)
