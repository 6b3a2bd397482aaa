"""The school's own scores: every point with its n/N, and the children behind what is missing, by name."""

from __future__ import annotations

import pandas as pd

from pipeline.excel.book import Block, Book, Cell, Out, Page
from pipeline.publishing.bureau import lacking_rows, line, score_page
from pipeline.publishing.counts import Counts
from pipeline.publishing.services import points_cell
from pipeline.result import Result
from schemas import bureau_words as w
from schemas.bureau_words import Sheet
from schemas.codes import DASH, GRADES, YES
from schemas.figures import BY_KEY
from schemas.policy import BY_RATE


def scores_book(result: Result) -> Book:
    """Return 校内/考核与未达标.xlsx: scores, each point with its n/N and the names behind what is missing."""
    pages = (score_page(result), _detail(result), _names(result), _apart(result))
    return Book(w.SCORES_BOOK, pages, result.stamp)


def _detail(result: Result) -> Page:
    roles = ("centred", "centred", "text", "count", "count", "count", "score", "wrapped")
    widths = (9, 7, 16, 8, 9, 9, 9, 90)
    columns = tuple(Out(t, r, x) for t, r, x in zip(w.POINTS_COLUMNS, roles, widths, strict=True))
    counts, missing = Counts(result), _missing_names(result)
    rows: list[tuple[Cell, ...]] = []
    for score in sorted(result.scores, key=lambda s: s.place):
        for item, points in zip(result.policy.rubric, score.points, strict=True):
            n, total = counts.of_class(score.place, item.figure) if item.mode == BY_RATE else (0, 0)
            names = w.AND.join(missing.get((*score.place, item.figure), ()))
            label = (GRADES[score.place[0] - 1], score.place[1], item.title, float(item.points))
            got = DASH if points is None else points_cell(points)
            rows.append((*label, n, total, got, names))
    return Page(
        Sheet.DETAIL,
        Sheet.DETAIL,
        line(result),
        (Block(columns, rows),),
        (w.NAMES_NOTE,),
        freeze_columns=3,
        has_filter=True,
    )


def _missing_names(result: Result) -> dict[tuple[int, int, str], list[str]]:
    found: dict[tuple[int, int, str], list[str]] = {}
    for grade, number, name, figure, _ in lacking_rows(result):
        under = found.setdefault((grade, number, figure), [])
        if name not in under:
            under.append(name)
    return found


def _names(result: Result) -> Page:
    titles = (w.GRADE, w.CLASS, w.NAME_COLUMN, w.FIGURE, w.LACK)
    widths, roles = (9, 8, 14, 16, 80), ("centred", "centred", "text", "centred", "wrapped")
    columns = tuple(Out(t, r, x) for t, r, x in zip(titles, roles, widths, strict=True))
    rows = [(GRADES[g - 1], n, name, BY_KEY[figure].title, lack) for g, n, name, figure, lack in lacking_rows(result)]
    return Page(
        Sheet.NAMES,
        Sheet.NAMES,
        line(result),
        (Block(columns, rows),),
        (w.NAMES_NOTE,),
        freeze_columns=3,
        has_filter=True,
    )


def _apart(result: Result) -> Page:
    """Return the children categorised 留守 who do not meet the 口径, with the reason (contract §5)."""
    people = result.measured.people
    apart = people[people["is_unmet"]]
    reason = pd.Series(w.APART_REASONS["other"], apart.index)
    reason = reason.mask(apart["away_count"].eq(0), w.APART_REASONS["short"])
    reason = reason.mask(apart["lives_with_parents"].eq(YES), w.APART_REASONS["lives"])
    columns = (
        Out(w.GRADE, "centred", 9),
        Out(w.CLASS, "centred", 8),
        Out(w.NAME_COLUMN, "text", 14),
        Out(w.STANDING, "text", 50),
    )
    rows = [
        (GRADES[grade - 1], int(number), name, why)
        for grade, number, name, why in zip(apart["grade"], apart["number"], apart["name"], reason, strict=True)
    ]
    return Page(Sheet.APART, Sheet.APART, line(result), (Block(columns, rows),), (w.APART_NOTE, w.NAMES_NOTE))
