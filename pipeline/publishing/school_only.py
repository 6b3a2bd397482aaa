"""The school's own scores: every point with its n/N, and the children behind what is missing, by name."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pipeline.filled import is_whole
from pipeline.model import Place
from pipeline.publishing.book import Book, Link, Page, Row, Rows, page_of
from pipeline.publishing.bureau import line, score_notes, score_rows
from pipeline.publishing.by_child import SCHOOL, by_child
from pipeline.publishing.cells import Cells
from pipeline.publishing.chapters import chapters_pages
from pipeline.publishing.counts import Counts
from pipeline.publishing.lacking import child_rows, common_rows, lacking_rows, titles_of
from pipeline.publishing.over_year import trend_pages
from pipeline.publishing.services import points_cell
from pipeline.publishing.teachers import teacher_pages
from pipeline.publishing.trend import moves_page
from pipeline.publishing.year import with_movement, year_page
from pipeline.result import Result
from pipeline.rounding import percent
from schemas import bureau_words as w
from schemas.codes import DASH, GRADES, IN_SCHOOL, YES
from schemas.figures import BY_KEY, DECIDING
from schemas.figures import FIGURES as FIGURE_LIST
from schemas.layouts import key_of_each
from schemas.policy import BY_RATE
from schemas.school_layout import APART, DETAIL, FIGURES, NAMES, OWN, OWN_SCORES
from schemas.short_lacks import SHORT_UNSETTLED


def scores_book(result: Result) -> Book:
    """Return 校内/考核与未达标.xlsx: scores, each point with its n/N, and the names behind what is missing.

    Every score links to its points, every point and rate to the names.
    """
    names = _Names(result)
    detail, first_of_class = _detail(result, names)
    pages = (
        page_of(OWN_SCORES, {"scores": _scores(result, first_of_class)}, line(result), score_notes(result)),
        page_of(FIGURES, {"figure_list": _figures(result, names)}, line(result), (w.NAMES_NOTE,)),
        page_of(DETAIL, {"detail": detail}, line(result), (w.NAMES_NOTE,)),
        page_of(NAMES, names.tables(), line(result), (w.SHORT_WORDS, w.NAMES_NOTE)),
    )
    teachers = teacher_pages(result) if result.teacher_scores else ()
    return Book(
        OWN.title,
        (
            *pages,
            *teachers,
            year_page(result),
            *trend_pages(result),
            moves_page(result, line(result)),
            *_last_pages(result),
        ),
        result.stamp,
    )


def _last_pages(result: Result) -> tuple[Page, ...]:
    apart = page_of(APART, {"apart": _apart(result)}, line(result), (w.APART_NOTE, w.NAMES_NOTE))
    return (*chapters_pages(result), apart)


def _not_in_school(result: Result) -> list[tuple[str, str]]:
    """Return (name, 就学去向) of the rows of 应入学名册 that are in no n of 入学率."""
    filled = result.merged.tables["school_age"]
    destination = filled.good("destination")
    out = filled.values[~(destination.isin(list(IN_SCHOOL)) & is_whole(filled))]
    said = destination.loc[out.index].fillna(SHORT_UNSETTLED)
    return [(str(name), str(where)) for name, where in zip(out["name"].fillna(DASH), said, strict=True)]


def _scores(result: Result, first_of_class: dict[Place, int]) -> Rows:
    """Return 班级考核 with last month's ranks, and a link from each class to its points."""
    links = {
        (number, "grade"): Link("detail", first_of_class[score.place]) for number, score in enumerate(result.scores)
    }
    return replace(with_movement(score_rows(result), result), links=links)


def _figures(result: Result, names: _Names) -> Rows:
    """Return every figure of the school with a link to the children who lack it."""
    counts = Counts(result)
    rows: list[Row] = []
    links: dict[tuple[int, str], Link] = {}
    for figure in FIGURE_LIST:
        n, total = counts.school(figure.key)
        first = names.first(figure.key)
        if first is not None:
            links[len(rows), "figure"] = first
        parts: Cells = {"done": n, "due": total, "rate": percent(n, total), "short": total - n}
        rows.append({"figure": figure.title, "over": figure.denominator, **parts})
    return Rows(rows, links=links)


def _detail(result: Result, names: _Names) -> tuple[Rows, dict[Place, int]]:
    """Return a line a class and item, and where each class begins."""
    counts = Counts(result)
    rows: list[Row] = []
    links: dict[tuple[int, str], Link] = {}
    first_of_class: dict[Place, int] = {}
    for score in sorted(result.scores, key=lambda s: s.place):
        first_of_class[score.place] = len(rows)
        label: Cells = {"grade": GRADES[score.place[0] - 1], "class": score.place[1]}
        for item, points in zip(result.policy.rubric, score.points, strict=True):
            n, total = counts.of_class(score.place, item.figure) if item.mode == BY_RATE else (0, 0)
            first = names.first(item.figure, score.place)
            if first is not None:
                links[len(rows), "grade"] = first
            own: Cells = {"item": item.title, "full": float(item.points), "done": n, "due": total}
            got = DASH if points is None else points_cell(points)
            rows.append({**label, **own, "points": got, "lacking": names.of(item.figure, score.place)})
    return Rows(rows, links=links), first_of_class


class _Names:
    """未达标名单, by class, then child, and where each figure of the school and of a class is found on it."""

    def __init__(self, result: Result) -> None:
        self._found = by_child(result)
        self._out = _not_in_school(result)
        self._names: dict[tuple[str, Place], list[str]] = {}
        self._first: dict[tuple[object, ...], Link] = {}
        for row in lacking_rows(result):
            own = self._names.setdefault((row.figure, (row.grade, row.number)), [])
            own += [] if row.name in own else [row.name]
        for at, one in enumerate(self._found.common):
            self._keep(one.figure, one.place, Link("names_common", at))
        for at, child in enumerate(self._found.children):
            for figure in child.lacks:
                self._keep(figure, child.place, Link("names", at, key_of_each("figures", BY_KEY[figure].title)))
        if self._out:
            at = len(self._found.children)
            self._keep("in_school", SCHOOL, Link("names", at, key_of_each("figures", BY_KEY["in_school"].title)))

    def _keep(self, figure: str, place: Place, link: Link) -> None:
        self._first.setdefault((figure,), link)
        self._first.setdefault((figure, place), link)

    def first(self, figure: str, place: Place = SCHOOL) -> Link | None:
        """Return where the first stands who lacks a figure, of the school or of a class."""
        return self._first.get((figure,) if place == SCHOOL else (figure, place))

    def of(self, figure: str, place: Place) -> str:
        return w.AND.join(self._names.get((figure, place), ()))

    def tables(self) -> dict[str, Rows]:
        figures = (*self._found.figures, *(["in_school"] if self._out else []))
        rows = child_rows(self._found, figures, is_masked=False)
        for name, where in self._out:
            label: Row = {"grade": DASH, "class": DASH, "name": name, "figures": ("",) * (len(figures) - 1) + (where,)}
            rows.append(label)
        return {"names_common": common_rows(self._found), "names": Rows(rows, each=titles_of(figures))}


def _apart(result: Result) -> Rows:
    """Return who is shown apart, with the reason: not meeting the 口径, in doubt, 潜能生 (contract §5)."""
    people = result.measured.people
    unmet, doubtful, potential = w.APART_GROUPS
    found = [
        *((unmet, child, why) for child, why in _unmet_reasons(people[people["is_unmet"]]).items()),
        *((doubtful, child, _doubts(result, child)) for child in people.index[people["is_tainted"]]),
        *((potential, child, str(people.at[child, "category"])) for child in people.index[people["in_q"]]),
    ]
    rows: list[Row] = []
    for group, child, why in found:
        own = people.loc[child]
        label: Cells = {"group": group, "grade": GRADES[int(own["grade"]) - 1], "class": int(own["number"])}
        rows.append({**label, "name": DASH if pd.isna(own["name"]) else str(own["name"]), "standing": why})
    return Rows(rows)


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
