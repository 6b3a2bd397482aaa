"""Draw a school's sources as small tables, start from them, and look at what was issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from pipeline.starting.start import Started, start
from schemas.class_names import class_place
from schemas.class_workbook import CONTACTS, PAIRINGS, PUPILS
from schemas.identity import check_digit
from schemas.start_words import MAPPING_FILE
from schemas.starting.mapping_form import MAPPING
from schemas.tables import FIRST_DATA_ROW, HEADER_ROW, Table
from starting.layouts import save
from starting.measuring import SEPTEMBER, rows_of

Rows = Sequence[Sequence[Any]]


def card(day: str, serial: int = 1) -> str:
    """Return a valid number of an invented child born on 20170308; an odd serial is a boy's."""
    first = f"529900{day}{serial:03d}"
    return first + check_digit(first)


def start_from(folder: Path, files: Mapping[str, Rows]) -> Started:
    """Write one sheet a file, and start from them; the second call in a folder is the second run."""
    sources = folder / "sources"
    sources.mkdir(exist_ok=True)
    for name, rows in files.items():
        save(sources / name, {"Sheet1": rows})
    started = start(SEPTEMBER, sources, folder / "out")
    (folder / "out").mkdir(exist_ok=True)
    for name, data in started.contents.items():
        (folder / "out" / name).write_bytes(data)
    return started


def pupils(started: Started) -> dict[str, dict[str, Any]]:
    """Return name → what stands in 学生档案 and 联系卡 of all classes, the class with it."""
    found: dict[str, dict[str, Any]] = {}
    for name, data in started.contents.items():
        place = class_place(name.split("_")[0])
        if place is None:
            continue
        cards = {row["pupil"]: row for row in rows_of(data, CONTACTS)}
        for row in rows_of(data, PUPILS):
            assert row["name"] not in found or found[row["name"]]["place"] != place, "stands twice"
            found[row["name"]] = {**cards.get(row["name"], {}), **row, "place": place}
    return found


def pairings(started: Started) -> list[dict[str, Any]]:
    return [
        row
        for name, data in started.contents.items()
        if class_place(name.split("_")[0])
        for row in rows_of(data, PAIRINGS)
    ]


def mapping(started: Started, title: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet of 对照.xlsx, by key."""
    table = next(table for table in MAPPING.tables if table.title == title)
    return rows_of(started.contents[MAPPING_FILE], table)


def doubts(started: Started) -> str:
    """Return what is told of the cells that stay empty, in one text."""
    return "\n".join(" ".join(map(str, row.values())) for row in mapping(started, "没有填的"))


def choose_in(folder: Path, title: str, choices: Mapping[str, str], *, by: str, into: str) -> None:
    """Do as the admin does in 对照.xlsx: in each row whose cell `by` is a key of `choices`, type into the cell `into`."""
    path = folder / "out" / MAPPING_FILE
    book = openpyxl.load_workbook(path)
    sheet = book[title]
    titles = [cell.value for cell in sheet[HEADER_ROW]]
    for row in sheet.iter_rows(min_row=FIRST_DATA_ROW):
        key = row[titles.index(by)].value
        if key in choices:
            row[titles.index(into)].value = choices[key]
    out = BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())


def change_in(folder: Path, table: Table, cells: Mapping[str, Any]) -> None:
    """Do as the admin does in the first row of a sheet of 对照.xlsx: type cells, by key."""
    path = folder / "out" / MAPPING_FILE
    book = openpyxl.load_workbook(path)
    for key, value in cells.items():
        book[table.title].cell(FIRST_DATA_ROW, table.keys.index(key) + 1).value = value
    book.save(path)
