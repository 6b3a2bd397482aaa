"""Measure what was issued against the truth: how many of the cells that the sources hold are filled, how many wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from pipeline.model import Month
from pipeline.starting.start import Started, start
from schemas.class_names import class_place
from schemas.class_workbook import CONTACTS, PUPILS
from schemas.school_workbook import CLASSES, STAFF
from schemas.tables import FIRST_DATA_ROW, HEADER_ROW, Table
from starting.layouts import Layout
from starting.truth import Invented, class_text

SEPTEMBER = Month(2026, 9)


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
        expected = plain(truth)
        found = plain(cell)
        if found and expected and found != expected:
            self.wrong.append(f"{where} {key}: {found} instead of {expected}")
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


def rows_of(data: bytes, table: Table) -> list[dict[str, Any]]:
    """Return the filled rows of a sheet of an issued workbook, by key."""
    sheet = openpyxl.load_workbook(BytesIO(data))[table.title]
    titles = {c.title: c.key for c in table.columns}
    keys = [titles[cell.value] for cell in sheet[HEADER_ROW]]
    rows = sheet.iter_rows(min_row=FIRST_DATA_ROW, values_only=True)
    return [row for cells in rows if (row := {k: v for k, v in zip(keys, cells, strict=False) if v not in (None, "")})]


def run(layout: Layout, school: Invented, folder: Path) -> Started:
    """Write a layout's sources and start from them."""
    sources = folder / "sources"
    sources.mkdir()
    layout.write(school, sources)
    return start(SEPTEMBER, sources, folder / "out")


def measured(started: Started, school: Invented, layout: Layout) -> Measured:
    """Hold what was issued against the truth."""
    found = Measured()
    truth = {(child.place, child.name): child for child in school.left}
    seen: Counter[Any] = Counter()
    for name, data in started.contents.items():
        place = class_place(name.split("_")[0])
        if place is None:
            continue
        cards = {row["pupil"]: row for row in rows_of(data, CONTACTS)}
        for row in rows_of(data, PUPILS):
            child = truth.get((place, row["name"]))
            seen[(place, row["name"])] += 1
            if child is None:
                found.wrong.append(f"{name} {row['name']}: stands here and is not left-behind, or not of this class")
                continue
            for key, value in child.truth.items():
                if key in PUPILS.keys or key in CONTACTS.keys:
                    cell = row.get(key, cards.get(row["name"], {}).get(key))
                    found.see(child.name, key, value, cell, is_held=key in layout.held)
    found.wrong += [f"{who} stands {count} times" for who, count in seen.items() if count > 1]
    for who, child in truth.items():
        if not seen[who]:
            found.held += sum(bool(plain(child.truth.get(key))) for key in layout.held)
            found.lacking[f"row of {class_text(child.place)}"] += 1
    school_book = next(data for name, data in started.contents.items() if name.startswith("学校月报"))
    _see_school(found, school_book, school, layout)
    return found


def _see_school(found: Measured, data: bytes, school: Invented, layout: Layout) -> None:
    classes = {(row["grade"], int(row["number"])): row for row in rows_of(data, CLASSES)}
    for place, head in school.heads.items():
        grade = class_text(place).split("(")[0]
        row = classes.pop((grade, place[1]), {})
        found.see(class_text(place), "number", place[1], row.get("number"), is_held=True)
        found.see(class_text(place), "head_teacher", head, row.get("head_teacher"), is_held=layout.has_heads)
        found.see(class_text(place), "pupils", school.counts[place], row.get("pupils"), is_held=False)
    found.wrong += [f"{place} is no class" for place in classes]
    staff = {row["name"]: row for row in rows_of(data, STAFF)}
    for teacher in school.staff:
        row = staff.pop(teacher["name"], {})
        for key, value in teacher.items():
            found.see(teacher["name"], key, value, row.get(key), is_held=key in layout.of_staff)
    found.wrong += [f"{name} is none of the staff" for name in staff]
