"""校内/学生变动台账.xlsx: each child of the 学年 month by month, and every event with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from pipeline.filled import Filled
from pipeline.months.lineage import Person, trace
from pipeline.months.snapshots import Snapshot
from pipeline.publishing.book import Book, Row, Rows, page_of
from pipeline.publishing.bureau import line
from pipeline.publishing.cells import Cells
from pipeline.result import Result
from schemas import changes_words as w
from schemas.class_names import class_place, class_text
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.codes import DASH
from schemas.layouts import Sheet
from schemas.school_layout import CHANGES, EVENTS, REGISTER, UPRIGHT_MONTHS

_LAST = (99, 0)  # a grade without a class stands below


@dataclass(frozen=True)
class _Standing:
    """A child in one month: his class, as what he stood, whether he was in 在册, and his row (0: kept by absence)."""

    place: str
    status: str
    is_counted: bool
    file: int
    row: int

    @property
    def shown(self) -> str:
        return f"{self.place} {self.status}" + ("" if self.row else w.KEPT)

    def beside(self, place: str) -> str:
        """Return how he stood, with the class only where it was another."""
        return self.shown if place != self.place else self.shown.removeprefix(f"{place} ")


@dataclass(frozen=True)
class _Month:
    """One month: its name, its files by number, its children (index: child), 学生档案 and 学籍异动."""

    name: str
    files: Mapping[int, str]
    children: pd.DataFrame
    pupils: Filled
    movements: Filled

    @cached_property
    def standings(self) -> dict[int, _Standing]:
        """Child → how he stood."""
        rows = self.pupils.values["row"].to_dict()
        columns = (self.children[key] for key in ("grade", "number", "status", "in_l", "file", "row_index"))
        return {
            int(child): _Standing(class_text((g, n)), str(status), bool(counted), int(file), int(rows[row]))
            for child, g, n, status, counted, file, row in zip(self.children.index, *columns, strict=True)
        }

    def said_of(self, name: str, number: str) -> Iterator[str]:
        """Yield where 学籍异动 speaks of a child: by number, else by name."""
        values = self.movements.values
        for row in values[["file", "row", "pupil", "id_card", "kind"]].itertuples(index=False):
            is_his = row.id_card == number if pd.notna(row.id_card) and number else row.pupil == name
            if is_his and row.row:
                file, sheet = self.files.get(int(row.file), ""), self.movements.table.title
                yield w.SOURCE.format(file=file, sheet=sheet, row=row.row)


def changes_book(result: Result) -> Book:
    """Return where each child stood in every month of the 学年, and what happened to him, with its source."""
    names = result.merged.tables["pupils"].values["name"].tolist()
    months = [*(_of_snapshot(s) for s in reversed(result.history.snapshots)), _of_result(result)]
    rows: list[Row] = []
    events: list[Cells] = []
    for person in _people(result):
        stood = _stood(person, months)
        known = [standing for standing in stood if standing is not None]
        name = _name_of(person, names, result.history.snapshots)
        place = known[-1].place if known else DASH
        shown = tuple(DASH if standing is None else standing.beside(place) for standing in stood)
        rows.append({"name": name, "class": place, "months": shown})
        events += _events(name, person, stood, months)
    heads = tuple(month.name for month in months)
    rows.sort(key=lambda row: (class_place(str(row["class"])) or _LAST, str(row["name"])))
    events.sort(key=lambda row: (str(row["month"]), class_place(str(row["class"])) or _LAST, str(row["pupil"])))
    pages = (
        page_of(EVENTS, {"events": Rows(events)}, line(result), (w.EVENTS_NOTE,)),
        page_of(_register(len(heads)), {"register": Rows(rows, each=heads)}, line(result), (w.REGISTER_NOTE,)),
    )
    return Book(CHANGES.title, pages, result.stamp)


def _register(month_count: int) -> Sheet:
    """Return the sheet of all months, upright while they are few: lying, it held a third fewer children a page."""
    return replace(REGISTER, is_landscape=month_count > UPRIGHT_MONTHS)


def _of_snapshot(snapshot: Snapshot) -> _Month:
    told = snapshot.facts.get("files") or []
    files = {number: str(file.get("name", "")) for number, file in enumerate(told)}
    tables = snapshot.filled("pupils"), snapshot.filled("movements")
    return _Month(str(snapshot.month), files, snapshot.children, *tables)


def _of_result(result: Result) -> _Month:
    files = {s.file.id: s.file.name for s in result.submissions}
    tables = result.merged.tables
    return _Month(str(result.month), files, result.measured.people, tables["pupils"], tables["movements"])


def _people(result: Result) -> Sequence[Person]:
    merged = result.merged
    classes = {s.file.id: (s.grade, s.number) for s in result.used(CLASS_WORKBOOK)}
    told = (merged.tables["pupils"], merged.pupil_child, result.history.snapshots, merged.carried.aliases)
    return trace(*told, classes).people


def _stood(person: Person, months: Sequence[_Month]) -> list[_Standing | None]:
    """Return how a child stood in each month; None where he was not known, or his class had not handed in."""
    newest = len(months) - 1
    found: dict[int, int] = {newest: person.row} if person.row >= 0 else {}
    for place, child in person.found:
        found.setdefault(newest - 1 - place, child)
    return [month.standings.get(found[at]) if at in found else None for at, month in enumerate(months)]


def _name_of(person: Person, names: Sequence[Any], snapshots: Sequence[Snapshot]) -> str:
    """Return how this month's row calls a child (`names`: of its rows), else the latest month that knew him."""
    if person.row >= 0:
        name = names[person.row]
    else:
        place, child = person.found[0]
        name = snapshots[place].children.at[child, "name"]
    return DASH if pd.isna(name) else str(name)


def _events(name: str, person: Person, stood: Sequence[_Standing | None], months: Sequence[_Month]) -> Iterator[Cells]:
    """Yield what changed from one month that knows the child to the next."""
    before: _Standing | None = None
    for at, (standing, month) in enumerate(zip(stood, months, strict=True)):
        if standing is None:
            continue
        what = _what(before, standing, is_first_month=at == 0)
        if what:
            counted = int(standing.is_counted) - int(before is not None and before.is_counted)
            yield {
                "month": month.name,
                "class": standing.place,
                "pupil": name,
                "what": what,
                "before": before.shown if before else DASH,
                "now": standing.shown,
                "counted": f"{counted:+d}" if counted else "0",
                "source": _source(name, person, standing, month),
            }
        before = standing


def _what(before: _Standing | None, now: _Standing, *, is_first_month: bool) -> str:
    """Return in words what has happened; "" for nothing."""
    if before is None:
        return "" if is_first_month else w.CAME
    told = [w.MOVED] if before.place != now.place else []
    told += [w.VANISHED] if before.row and not now.row else [w.FOUND] if now.row and not before.row else []
    told += [w.STATUS] if before.status != now.status else []
    if before.is_counted != now.is_counted and not told:
        told.append(w.COUNTED if now.is_counted else w.NOT_COUNTED)
    return w.AND.join(told)


def _source(name: str, person: Person, standing: _Standing, month: _Month) -> str:
    """Return the rows that say so: of 学籍异动, else his own of 学生档案."""
    said = list(month.said_of(name, person.number))
    if said:
        return w.AND.join(said)
    if not standing.row:
        return w.NO_SOURCE
    sheet = month.pupils.table.title
    return w.SOURCE.format(file=month.files.get(standing.file, ""), sheet=sheet, row=standing.row)
