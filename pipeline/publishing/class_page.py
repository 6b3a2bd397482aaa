"""回执/本班还差什么: one page a class, every month: what each child still lacks, and what it would add to the score.

It holds what the class's teacher wrote and what is counted of it: no health, no score of a child, nothing of others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache

import pandas as pd

from pipeline.model import Place
from pipeline.publishing.book import Book, Row, Rows, page_of
from pipeline.publishing.cells import Cells
from pipeline.publishing.counts import Counts, fraction_text
from pipeline.publishing.wrong_cells import wrong_cells
from pipeline.result import Result
from pipeline.scoring.points import Score
from schemas import class_page as w
from schemas.class_names import class_text
from schemas.class_workbook import CONTACTS, PUPILS
from schemas.codes import DASH, TARGET_CLASS
from schemas.figures import AND, AND_SO, BY_KEY, LACKS, TAINTED
from schemas.policy import BY_RATE
from schemas.verdicts import State

_ARCHIVE = ("archived", "complete")
_SHOWN = Fraction(1, 20)  # what is less is printed as 0.0
_OF_CLASS = ("class_met", "rows_clean")  # figures that are no child's
_SAID_ALREADY = {LACKS[key] for key in LACKS if "{" not in LACKS[key]} - {LACKS["case_planned"]}


@dataclass(frozen=True)
class Owed:
    """What a child owes of a figure: whether it is met, and what is lacking in words."""

    is_met: bool
    lack: str


def class_pages(result: Result) -> dict[str, Book]:
    """Return file name → the page of each class that handed in and has a child to care for."""
    facts = _facts(result)
    found = {}
    for c in result.turnout.classes:
        if c.state == State.HANDED_IN and facts.children_of(c.place):
            name = w.FILE_NAME.format(class_name=class_text(c.place))
            found[name] = _book(result, facts, c.place, c.head_teacher)
    return found


def lacking_of(result: Result) -> dict[tuple[int, int, str], int]:
    """Return grade, class and name of each child who is cared for → how many things his line of the page lacks."""
    facts = _facts(result)
    found: dict[tuple[int, int, str], int] = {}
    for c in result.turnout.classes:
        for child in facts.children_of(c.place) if c.state == State.HANDED_IN else ():
            found[(*c.place, facts.name_of(child))] = sum(mark == w.LACKS for mark in facts.marks_of(child).values())
    return found


def _book(result: Result, facts: _Facts, place: Place, head_teacher: str) -> Book:
    children = facts.children_of(place)
    score = next((score for score in result.scores if score.place == place), None)
    rows = [facts.row(child) for child in children]
    line = w.LINE.format(
        head_teacher=head_teacher or DASH,
        children=int(result.measured.people.loc[children, "in_a"].sum()),
        total=w.NO_SCORE if score is None or score.total is None else score.total,
        rank=w.NO_SCORE if score is None or score.rank is None else score.rank,
        before=facts.total_before(place),
        deadline=f"{result.month.after}-{result.policy.deadline_day:02d}",
    )
    totals = list(_totals(facts, place, rows, _gains(result, facts, place, score)))
    page = page_of(w.PAGE, {"children": Rows(rows, totals)}, line, (w.LEGEND,))
    heading = w.HEADING.format(class_name=class_text(place), month=result.month)
    return Book(w.TITLE, (replace(page, heading=heading),), result.stamp)


def _totals(facts: _Facts, place: Place, rows: Sequence[Row], gains: Mapping[str, Fraction]) -> Iterator[Row]:
    """Yield the lines below the children: how many lack each thing, n/N now and last month, what the rest would add."""
    lacking = {mark.key: sum(row[mark.key] == w.LACKS for row in rows) for mark in w.MARKS}
    others = [BY_KEY[key] for key in _OF_CLASS]
    now, before = (
        w.AND.join(w.OTHERS.format(figure=own.title, now=fraction_text(*count(place, own.key))) for own in others)
        for count in (facts.counts.of_class, facts.before)
    )
    done = {mark.key: sum(row[mark.key] == w.DONE for row in rows) for mark in w.MARKS}
    full = {key: fraction_text(done[key], done[key] + count) for key, count in lacking.items()}
    yield {"name": w.SHORT_BY, "told": "", **{key: count or DASH for key, count in lacking.items()}}
    yield {"name": w.NOW, "told": now, **full}
    yield {"name": w.BEFORE, "told": before, **_each(lambda figure: fraction_text(*facts.before(place, figure)))} | {
        "card": DASH  # that figure counts cells, not children
    }
    shown = {figure: w.GAIN.format(points=f"{float(gain):.1f}") for figure, gain in gains.items() if gain >= _SHOWN}
    told = w.AND.join(w.OTHERS.format(figure=BY_KEY[key].title, now=shown[key]) for key in _OF_CLASS if key in shown)
    yield {"name": w.GAINS, "told": told, **_each(lambda figure: shown.get(figure, DASH))}


def _each(shown: Callable[[str], str]) -> Cells:
    return {mark.key: shown(mark.figure) for mark in w.MARKS}


def _gains(result: Result, facts: _Facts, place: Place, score: Score | None) -> dict[str, Fraction]:
    """Return figure → the points of 100 that the class would have more with n = N; nothing where it is not scored."""
    if score is None or score.total is None:
        return {}
    items = list(zip(result.policy.rubric, score.points, strict=True))
    applied = sum((item.points for item, got in items if got is not None), Fraction(0))
    return {
        item.figure: 100 * (item.points - got) / applied
        for item, got in items
        if got is not None and item.mode == BY_RATE
    }


@lru_cache(maxsize=1)
def _facts(result: Result) -> _Facts:
    return _Facts(result)


class _Facts:
    """What is looked up child by child: the tally, names, days."""

    def __init__(self, result: Result) -> None:
        self._result = result
        self._people = result.measured.people
        self._names = {int(str(child)): name for child, name in self._people["name"].items()}
        self.counts = Counts(result)
        tally = result.measured.tally
        figures = {mark.figure for mark in w.MARKS}
        own = tally[(tally["child"] >= 0) & tally["figure"].isin(list(figures)) & (tally["N"] > 0)]
        own = own.sort_values("over")  # what is counted over L stands before Q
        self._owed: dict[tuple[int, str], Owed] = {}
        columns = (own[key].tolist() for key in ("child", "figure", "n", "N", "lack"))
        for child, figure, n, due, lack in zip(*columns, strict=True):
            found = self._owed.get((child, figure))
            if found is None or found.is_met:
                self._owed[child, figure] = Owed(n >= due, lack)

    @cached_property
    def _rosters(self) -> Mapping[Place, list[int]]:
        people = self._people
        shown = people[people["in_l"] | people["in_q"]].sort_values("row_index")
        found: dict[Place, list[int]] = {}
        for child, grade, number in shown[["grade", "number"]].itertuples():
            found.setdefault((int(grade), int(number)), []).append(int(child))
        return found

    def children_of(self, place: Place) -> Sequence[int]:
        """Return the children who are cared for in a class, in the order of its roster."""
        return self._rosters.get(place, ())

    def row(self, child: int) -> Row:
        """Return a child's line: a mark a thing, and what is lacking in words."""
        return {"name": self.name_of(child), **self.marks_of(child), "told": AND_SO.join(self._told(child))}

    def name_of(self, child: int) -> str:
        """Return a child's name, — where none can be read."""
        name = self._names[child]
        return DASH if pd.isna(name) else str(name)

    def marks_of(self, child: int) -> Cells:
        """Return what is met of each thing, what lacks and what is not owed."""
        return {mark.key: self._mark(child, mark) for mark in w.MARKS}

    def _mark(self, child: int, mark: w.Mark) -> str:
        owed = self._owed.get((child, mark.figure))
        if owed is None:
            return w.NOT_OWED
        if mark.figure in _ARCHIVE and owed.lack not in ("", TAINTED):
            of_card = mark.key == "card"
            named = [title for title in _titles(owed.lack) if (title in _CARD) == of_card]
            is_faulty = LACKS["archived_fault"] in owed.lack and not of_card
            return w.LACKS if named or is_faulty else w.DONE
        return w.DONE if owed.is_met else w.LACKS

    def _told(self, child: int) -> Iterator[str]:
        """Yield what is lacking that the marks alone do not say; of what waits for a cell to be mended, it alone."""
        is_told = False
        for mark in w.MARKS:
            owed = self._owed.get((child, mark.figure))
            if owed is None or owed.is_met or mark.key == "card":
                continue
            if owed.lack == TAINTED:
                if not is_told:
                    yield w.TO_MEND_FIRST.format(todo=w.AND.join(self._todo(child))) if self._wrong[child] else TAINTED
                    return
                continue
            is_told |= mark.key == "archive"
            if mark.key == "birthday" and not pd.isna(self._people.at[child, "birth"]):
                yield w.BIRTHDAY.format(day=f"{self._people.at[child, 'birth']:%m-%d}")
            elif owed.lack not in _SAID_ALREADY:
                yield self._of_archive(child, owed.lack) if mark.key == "archive" else owed.lack
            if mark.key == "talk" and child in self._last_talk:
                yield w.LAST_TALK.format(day=f"{self._last_talk[child]:%m-%d}")

    def _of_archive(self, child: int, lack: str) -> str:
        return AND_SO.join(self._todo(child, _titles(lack))) or lack

    def _todo(self, child: int, lacking: Sequence[str] = ()) -> Iterator[str]:
        """Yield what is to be filled in and what to be mended, by the titles of the cells."""
        cells = self._wrong[child]
        empty = [title for title in lacking if not (title in cells or title == LACKS["archived_fault"])]
        empty += [title for title, is_empty in cells.items() if is_empty]
        wrong = [title for title, is_empty in cells.items() if not is_empty]
        told = [(w.TO_FILL, empty), (w.TO_MEND, wrong)]
        yield from (words.format(titles=AND.join(titles)) for words, titles in told if titles)

    @cached_property
    def _wrong(self) -> Mapping[int, Mapping[str, bool]]:
        return defaultdict(dict, wrong_cells(self._result))

    @cached_property
    def _last_talk(self) -> Mapping[int, pd.Timestamp]:
        merged = self._result.merged
        dated = pd.DataFrame(
            {"child": merged.so_far_child["talks"], "date": merged.so_far["talks"].good("date")}
        ).dropna()
        return {int(child): day for child, day in dated.groupby("child")["date"].max().items()}

    @cached_property
    def _last_month(self) -> Mapping[tuple[int, int, str], tuple[int, int]]:
        """n and N of each class and figure last month; nothing where the month before is not there."""
        snapshots = self._result.history.snapshots
        if not snapshots or snapshots[0].month.after != self._result.month:
            return {}
        frame = snapshots[0].frames["measures"]
        own = frame[frame["level"].eq("class") & frame["over"].eq("L")]
        counted = (own[key].tolist() for key in ("grade", "number", "figure", "n", "N"))
        return {(int(g), int(k), f): (int(n), int(due)) for g, k, f, n, due in zip(*counted, strict=True)}

    def before(self, place: Place, figure: str) -> tuple[int, int]:
        """Return n and N of a class last month."""
        return self._last_month.get((*place, figure), (0, 0))

    def total_before(self, place: Place) -> str:
        """Return a class's score last month."""
        before = self._result.history.standings.get(str(self._result.month.before), {})
        standing = before.get((TARGET_CLASS, class_text(place)))
        return str(standing.total) if standing else w.NO_SCORE


_CARD = frozenset(column.title for column in CONTACTS.columns) - {c.title for c in PUPILS.columns} | {CONTACTS.title}


def _titles(lack: str) -> list[str]:
    """Return the titles of the cells that an archive lacks, by its sentence."""
    return lack.partition("：")[2].split(AND)
