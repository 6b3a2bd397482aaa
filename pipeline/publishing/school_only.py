"""The school's own scores: every point with its n/N, and the children behind what is missing, by name."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pipeline.filled import is_whole
from pipeline.measuring.population import DECIDING
from pipeline.model import Place
from pipeline.publishing.book import Block, Book, Out, Page, link_to
from pipeline.publishing.bureau import lacking_rows, line, score_page
from pipeline.publishing.cells import Cell
from pipeline.publishing.chapters import chapters_page
from pipeline.publishing.counts import Counts
from pipeline.publishing.services import points_cell
from pipeline.publishing.teachers import teacher_pages
from pipeline.publishing.trend import moves_page, trend_page
from pipeline.publishing.year import with_movement, year_page
from pipeline.result import Result
from pipeline.rounding import percent
from schemas import bureau_words as w
from schemas.bureau_words import Sheet
from schemas.codes import DASH, GRADES, IN_SCHOOL, YES
from schemas.figures import BY_KEY, FIGURES, LACKS, UNSETTLED
from schemas.policy import BY_RATE


def scores_book(result: Result) -> Book:
    """Return 校内/考核与未达标.xlsx: scores, each point with its n/N, and the names behind what is missing.

    Every score links to its points, every point and rate to the names.
    """
    names = _Names([*lacking_rows(result), *_not_in_school(result)])
    detail, first_of_class = _detail(result, names)
    pages = (
        _linked(with_movement(score_page(result), result), first_of_class),
        _figures(result, names),
        detail,
        names.page(result),
    )
    teachers = teacher_pages(result) if result.teacher_scores else ()
    return Book(
        w.SCORES_BOOK,
        (*pages, *teachers, year_page(result), trend_page(result), moves_page(result), *_last_pages(result)),
        result.stamp,
    )


def _last_pages(result: Result) -> tuple[Page, ...]:
    return chapters_page(result), _apart(result)


def _not_in_school(result: Result) -> list[tuple[int, int, str, str, str]]:
    """Return the rows of 应入学名册 that are in no n of 入学率, like those of the children of the classes."""
    filled = result.merged.tables["school_age"]
    destination = filled.good("destination")
    out = filled.values[~(destination.isin(list(IN_SCHOOL)) & is_whole(filled))]
    said = destination.loc[out.index].fillna(UNSETTLED)
    names = out["name"].fillna(DASH)
    return [
        (0, 0, str(name), "in_school", LACKS["in_school"].format(detail=where))
        for name, where in zip(names, said, strict=True)
    ]


def _linked(page: Page, first_of_class: dict[Place, int]) -> Page:
    """Return 班级考核 with a link from each class to its points."""
    (block,) = page.blocks
    links = {
        (number, 1): link_to(Sheet.DETAIL, first_of_class[GRADES.index(str(row[1])) + 1, int(str(row[2]))])
        for number, row in enumerate(block.rows)
    }
    return replace(page, blocks=(replace(block, links=links),))


def _figures(result: Result, names: _Names) -> Page:
    """Return every figure of the school with a link to the children who lack it."""
    counts = Counts(result)
    roles, widths = ("text", "wrapped", "count", "count", "rate", "count"), (20, 40, 10, 10, 11, 11)
    columns = tuple(Out(t, r, x) for t, r, x in zip(w.FIGURE_LINK_COLUMNS, roles, widths, strict=True))
    rows: list[tuple[Cell, ...]] = []
    links: dict[tuple[int, int], str] = {}
    for figure in FIGURES:
        n, total = counts.school(figure.key)
        first = names.first.get((figure.key,))
        if first is not None:
            links[len(rows), 0] = link_to(Sheet.NAMES, first)
        rows.append((figure.title, figure.denominator, n, total, percent(n, total), total - n))
    block = Block(columns, rows, links=links)
    return Page(Sheet.FIGURES, Sheet.FIGURES, line(result), (block,), (w.NAMES_NOTE,), is_landscape=False)


def _detail(result: Result, names: _Names) -> tuple[Page, dict[Place, int]]:
    roles = ("centred", "centred", "text", "count", "count", "count", "score", "wrapped")
    widths = (9, 7, 16, 8, 9, 9, 9, 90)
    columns = tuple(Out(t, r, x) for t, r, x in zip(w.POINTS_COLUMNS, roles, widths, strict=True))
    counts = Counts(result)
    rows: list[tuple[Cell, ...]] = []
    links: dict[tuple[int, int], str] = {}
    first_of_class: dict[Place, int] = {}
    for score in sorted(result.scores, key=lambda s: s.place):
        first_of_class[score.place] = len(rows)
        for item, points in zip(result.policy.rubric, score.points, strict=True):
            n, total = counts.of_class(score.place, item.figure) if item.mode == BY_RATE else (0, 0)
            first = names.first.get((item.figure, *score.place))
            if first is not None:
                links[len(rows), 0] = link_to(Sheet.NAMES, first)
            label = (GRADES[score.place[0] - 1], score.place[1], item.title, float(item.points))
            got = DASH if points is None else points_cell(points)
            rows.append((*label, n, total, got, names.of(item.figure, score.place)))
    page = Page(
        Sheet.DETAIL,
        Sheet.DETAIL,
        line(result),
        (Block(columns, rows, links=links),),
        (w.NAMES_NOTE,),
        freeze_columns=3,
        has_filter=True,
    )
    return page, first_of_class


class _Names:
    """未达标名单, by figure, then class: its rows, and where each figure and each class within it begins."""

    def __init__(self, rows: list[tuple[int, int, str, str, str]]) -> None:
        order = {figure.key: place for place, figure in enumerate(FIGURES)}
        self._rows = sorted(rows, key=lambda row: (order[row[3]], row[0], row[1], row[2], row[4]))
        self.first: dict[tuple[object, ...], int] = {}
        self._names: dict[tuple[str, Place], list[str]] = {}
        for number, (grade, klass, name, figure, _) in enumerate(self._rows):
            self.first.setdefault((figure,), number)
            self.first.setdefault((figure, grade, klass), number)
            own = self._names.setdefault((figure, (grade, klass)), [])
            own += [] if name in own else [name]

    def of(self, figure: str, place: Place) -> str:
        return w.AND.join(self._names.get((figure, place), ()))

    def page(self, result: Result) -> Page:
        titles = (w.FIGURE, w.GRADE, w.CLASS, w.NAME_COLUMN, w.LACK)
        widths, roles = (16, 9, 8, 14, 80), ("centred", "centred", "centred", "text", "wrapped")
        columns = tuple(Out(t, r, x) for t, r, x in zip(titles, roles, widths, strict=True))
        rows: list[tuple[Cell, ...]] = [
            (BY_KEY[figure].title, GRADES[grade - 1] if grade else DASH, klass or DASH, name, lack)
            for grade, klass, name, figure, lack in self._rows
        ]
        return Page(
            Sheet.NAMES,
            Sheet.NAMES,
            line(result),
            (Block(columns, rows),),
            (w.NAMES_NOTE,),
            freeze_columns=4,
            has_filter=True,
        )


def _apart(result: Result) -> Page:
    """Return who is shown apart, with the reason: not meeting the 口径, in doubt, 潜能生 (contract §5)."""
    people = result.measured.people
    unmet, doubtful, potential = w.APART_GROUPS
    found = [
        *((unmet, child, why) for child, why in _unmet_reasons(people[people["is_unmet"]]).items()),
        *((doubtful, child, _doubts(result, child)) for child in people.index[people["is_tainted"]]),
        *((potential, child, str(people.at[child, "category"])) for child in people.index[people["in_q"]]),
    ]
    titles, widths = (w.APART_GROUP, w.GRADE, w.CLASS, w.NAME_COLUMN, w.STANDING), (24, 9, 8, 14, 60)
    roles = ("centred", "centred", "centred", "text", "wrapped")
    columns = tuple(Out(t, r, x) for t, r, x in zip(titles, roles, widths, strict=True))
    rows: list[tuple[Cell, ...]] = []
    for group, child, why in found:
        own = people.loc[child]
        name = DASH if pd.isna(own["name"]) else str(own["name"])
        rows.append((group, GRADES[int(own["grade"]) - 1], int(own["number"]), name, why))
    notes = (w.APART_NOTE, w.NAMES_NOTE)
    return Page(Sheet.APART, Sheet.APART, line(result), (Block(columns, rows),), notes, has_filter=True)


def _unmet_reasons(apart: pd.DataFrame) -> pd.Series[str]:
    reason = pd.Series(w.APART_REASONS["other"], apart.index)
    reason = reason.mask(apart["away_count"].eq(0), w.APART_REASONS["short"])
    return reason.mask(apart["lives_with_parents"].eq(YES), w.APART_REASONS["lives"])


def _doubts(result: Result, child: int) -> str:
    """Return which of the cells that decide who is counted are in error."""
    pupils = result.merged.tables["pupils"]
    row = int(result.measured.people.at[child, "row_index"])
    titles = [pupils.table.by_key[key].title for key in DECIDING if pupils.faulty.at[row, key]]
    return w.DOUBTFUL.format(columns=w.AND.join(titles))
