"""Measure what was issued against the truth: how many of the cells that the sources hold are filled, how many wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from pipeline.model import Month
from pipeline.starting.start import Started, start
from schemas.class_names import class_place
from schemas.class_workbook import CONTACTS, PAIRINGS, PUPILS
from schemas.school_workbook import CLASSES, SCHOOL_AGE, STAFF
from schemas.start_words import MAPPING_FILE
from schemas.starting.mapping_form import PRESET, TICKS
from schemas.starting.meanings import PAIRING_KINDS
from schemas.tables import FIRST_DATA_ROW, HEADER_ROW, Table
from starting.layouts import Layout
from starting.truth import Child, Invented, class_text

SEPTEMBER = Month(2026, 9)
ENOUGH = 0.9  # of what the sources hold
_USUAL = (*PRESET, "remark", "updated_on")  # a cell that everybody gets, and what nobody can hold against the truth
_PAIRS = {kind: key for key, kind in PAIRING_KINDS.items()}
Who = tuple[tuple[int, int], str, str]  # class, name, the last four of the number where the class has two of the name


@dataclass
class Measured:
    """Counts of cells: held by the sources, filled rightly; and what is wrong, in words."""

    held: int = 0
    filled: int = 0
    wrong: list[str] = field(default_factory=list)
    lacking: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        return self.filled / self.held

    def see(self, where: str, key: str, truth: Any, cell: Any, *, is_held: bool) -> None:
        """Count one cell; one that is filled where nothing is true is wrong as well."""
        expected = plain(truth)
        found = plain(cell)
        if found and found != expected:
            self.wrong.append(f"{where} {key}: {found} instead of {expected or 'nothing'}")
        if is_held and expected:
            self.held += 1
            self.filled += found == expected
            self.lacking[key] += found != expected


def plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


@lru_cache(maxsize=1)  # one workbook's tables are asked for one after the other
def _opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data), read_only=True)  # a third of the time


def rows_of(data: bytes, table: Table) -> list[dict[str, Any]]:
    """Return the filled rows of a sheet of an issued workbook, by key."""
    sheet = _opened(data)[table.title]
    titles = {c.title: c.key for c in table.columns}
    head, *rows = sheet.iter_rows(min_row=HEADER_ROW, values_only=True)
    keys = [titles[title] for title in head]
    return [row for cells in rows if (row := {k: v for k, v in zip(keys, cells, strict=False) if v not in (None, "")})]


def run(layout: Layout, school: Invented, folder: Path) -> Started:
    """Write a layout's sources and start from them; a second time, where the admin has to tick who is meant."""
    sources, out = folder / "sources", folder / "out"
    sources.mkdir()
    layout.write(school, sources)
    started = start(SEPTEMBER, sources, out)
    if layout.has_ticks:
        out.mkdir()
        (out / MAPPING_FILE).write_bytes(_ticked(started.contents[MAPPING_FILE], school))
        started = start(SEPTEMBER, sources, out)
    return started


def assert_filled(layout: Layout, folder: Path, seed: int, in_class: int) -> None:
    """Hold a layout to its promise: nothing is filled wrongly, and nearly everything that its sources hold is filled."""
    school = layout.school(seed, in_class)
    found = measured(run(layout, school, folder), school, layout)
    assert not found.wrong
    assert found.share >= ENOUGH, found.lacking


def _ticked(data: bytes, school: Invented) -> bytes:
    """Do as the admin does on the list: choose for every child what he is."""
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book[TICKS.title]
    left = {(class_text(child.place), child.name) for child in school.left}
    place = {key: number for number, key in enumerate(TICKS.keys)}
    for row in sheet.iter_rows(min_row=FIRST_DATA_ROW):
        if row[place["name"]].value:
            is_left = (row[place["class_name"]].value, row[place["name"]].value) in left
            row[place["tick"]].value = "留守儿童" if is_left else "不列入"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def measured(started: Started, school: Invented, layout: Layout) -> Measured:
    """Hold what was issued against the truth."""
    found = Measured()
    alike = Counter((child.place, child.name) for child in school.left)

    def who_of(place: tuple[int, int], name: str, number: str) -> Who:
        return place, name, number[-4:] if alike[(place, name)] > 1 else ""

    truth = {who_of(child.place, child.name, child.truth["id_card"]): child for child in school.left}
    seen: Counter[Who] = Counter()
    for name, data in started.contents.items():
        place = class_place(name.split("_")[0])
        if place is None:
            continue
        cards = rows_of(data, CONTACTS)
        pairs = rows_of(data, PAIRINGS)
        for row in rows_of(data, PUPILS):
            own = who_of(place, row["name"], str(row.get("student_no", row.get("id_card", ""))))
            seen[own] += 1
            if own not in truth:
                found.wrong.append(f"{name} {row['name']}: stands here and is not left-behind, or not of this class")
                continue
            card = next(_rows_about(own, cards), {})
            _see_child(found, truth[own], {**card, **row}, list(_rows_about(own, pairs)), layout)
    found.wrong += [f"{who} stands {count} times" for who, count in seen.items() if count > 1]
    for own, child in truth.items():
        if not seen[own]:
            found.held += sum(bool(plain(child.truth.get(key))) for key in layout.held)
            found.lacking[f"row of {class_text(child.place)}"] += 1
    school_book = next((data for name, data in started.contents.items() if name.startswith("学校月报")), None)
    if school_book:
        _see_school(found, school_book, school, layout)
    if len(started.unread) != layout.unread:
        found.wrong.append(f"not read: {[one.name for one in started.unread]}")
    return found


def _rows_about(who: Who, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a child; by the end of his number too, where the class has two of the name."""
    _, name, number = who
    return (one for one in rows if one["pupil"] == name and str(one.get("student_no", ""))[-4:].endswith(number))


def _see_child(found: Measured, child: Child, row: dict[str, Any], pairs: list[dict[str, Any]], layout: Layout) -> None:
    for key in dict.fromkeys((*PUPILS.keys, *CONTACTS.keys)):
        if key not in ("pupil", *_USUAL) and (key in row or key in child.truth):
            found.see(child.name, key, child.truth.get(key), row.get(key), is_held=key in layout.held)
    helpers = {_PAIRS[one["kind"]]: one.get("helper") for one in pairs}
    for key in _PAIRS.values():
        found.see(child.name, key, child.truth.get(key), helpers.get(key), is_held=key in layout.pairs)


def _see_school(found: Measured, data: bytes, school: Invented, layout: Layout) -> None:
    classes = {(row["grade"], int(row["number"])): row for row in rows_of(data, CLASSES)}
    for place, head in school.heads.items():
        grade = class_text(place).split("(")[0]
        row = classes.pop((grade, place[1]), {})
        left = sum(child.place == place for child in school.left)
        found.see(class_text(place), "number", place[1], row.get("number"), is_held=True)
        found.see(class_text(place), "head_teacher", head, row.get("head_teacher"), is_held=layout.has_heads)
        found.see(class_text(place), "pupils", school.counts[place], row.get("pupils"), is_held=layout.counts)
        found.see(class_text(place), "declared_lbc", left, row.get("declared_lbc"), is_held=layout.counts)
    found.wrong += [f"{place} is no class" for place in classes]
    staff = {row["name"]: row for row in rows_of(data, STAFF)}
    for teacher in school.staff:
        row = staff.pop(teacher["name"], {})
        for key, value in teacher.items():
            found.see(teacher["name"], key, value, row.get(key), is_held=key in layout.of_staff)
    found.wrong += [f"{name} is none of the staff" for name in staff]
    village = {row.get("id_card", row["name"]): row for row in rows_of(data, SCHOOL_AGE)}
    for child in school.left:
        row = village.pop(child.truth["id_card"], None) or village.pop(child.name, {})
        for key in SCHOOL_AGE.keys:
            value = {"destination": "本校"}.get(key, child.truth.get(key))
            found.see(child.name, key, value, row.get(key), is_held=key in layout.village)
    found.wrong += [f"{name} is not of the village" for name in village]
