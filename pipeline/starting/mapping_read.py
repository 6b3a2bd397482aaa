"""对照.xlsx, read again: what the admin has said. What we wrote ourselves and nobody changed says nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import OperatorError
from pipeline.excel.guard import safe_bytes
from pipeline.excel.reading import RawBook
from pipeline.model import Month, Place
from pipeline.reading.cover import read_cover, read_meta
from pipeline.reading.fence import Trouble, fenced
from pipeline.reading.pool import start_reading
from pipeline.reading.sheets import find_header, plain
from pipeline.starting.values import is_accepted
from schemas import start_words as w
from schemas.cells import as_text
from schemas.class_names import class_place, class_text
from schemas.codes import CATEGORY
from schemas.school_workbook import CLASSES
from schemas.starting.mapping_form import COLUMNS, MAPPING, NOT_LISTED, PRESET, TABLES, TICKS, USUAL
from schemas.starting.meanings import LABELS, UNUSED, USES
from schemas.tables import Table

WRITTEN = "written"  # the label in the hidden _meta: what the sources said of the classes and the cover
Row = dict[str, Any]


@dataclass
class Said:
    """What the admin has said. `columns`: file, sheet, letters, words → a meaning or "" for none; `tables`: → a use;

    `classes`: place → what he typed of it, None for a class that he took out; `facts`: of the cover; `wrong`: what was
    not understood.
    """

    is_there: bool = False
    columns: dict[tuple[str, str, str, str], str] = field(default_factory=dict)
    tables: dict[tuple[str, str, str], str] = field(default_factory=dict)
    usual: dict[str, Any] = field(default_factory=lambda: dict(PRESET))
    classes: dict[Place, Row | None] = field(default_factory=dict)
    ticks: dict[tuple[str, str, str], str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def read_mapping(path: Path, month: Month) -> Said:
    """Return what the admin has said in a workbook that was laid ready. Raises OperatorError where it can't be read."""
    if not path.exists():
        return Said()
    book = fenced(lambda: start_reading(safe_bytes(path), is_published=True).take())
    if isinstance(book, Trouble):
        raise OperatorError(w.MAPPING_UNREADABLE.format(path=path))
    if not any(plain(sheet.title) == COLUMNS.title for sheet in book.sheets):
        raise OperatorError(w.NOT_MAPPING.format(path=path))
    written = _written(book)
    said = Said(is_there=True)
    for row in _rows(book, COLUMNS):
        _say_column(said, row)
    for row in _rows(book, TABLES):
        change = _text(row, "change")
        if change and change in USES:
            said.tables[(_text(row, "file"), _text(row, "sheet"), _text(row, "above"))] = change
        elif change:
            said.wrong.append(w.WRONG_CHOICE.format(sheet=TABLES.title, text=change))
    for row in _rows(book, TICKS):
        tick = _text(row, "tick")
        if tick in (*CATEGORY.words, NOT_LISTED):
            said.ticks[(_text(row, "class_name"), _text(row, "name"), _text(row, "last4"))] = tick
        elif tick:
            said.wrong.append(w.WRONG_CHOICE.format(sheet=TICKS.title, text=tick))
    said.usual = _usual(book, said, month)
    _say_classes(book, said, written.get("classes", {}), month)
    cover = {key: cell.text for key, cell in read_cover(book, MAPPING).items()}
    said.facts = {key: text for key, text in cover.items() if text and text != written.get("facts", {}).get(key)}
    return said


def _say_column(said: Said, row: Row) -> None:
    change = _text(row, "change")
    key = (_text(row, "file"), _text(row, "sheet"), _text(row, "letters"), _text(row, "words"))
    if change == UNUSED:
        said.columns[key] = ""
    elif change in LABELS:
        said.columns[key] = LABELS[change]
    elif change:
        said.wrong.append(w.WRONG_CHOICE.format(sheet=COLUMNS.title, text=change))


def _usual(book: RawBook, said: Said, month: Month) -> dict[str, Any]:
    row = next(_rows(book, USUAL), {})
    found = {}
    for column in USUAL.columns:
        raw = row.get(column.key, "")
        reading = column.kind.read(raw, month.last_day)
        if reading.value is None and not reading.fault:
            continue
        if reading.fault or not is_accepted(column.kind, reading.value, month.last_day):
            said.wrong.append(w.WRONG_USUAL.format(column=column.title))
        else:
            found[column.key] = reading.value.date() if hasattr(reading.value, "hour") else reading.value
    return found


def _say_classes(book: RawBook, said: Said, written: Mapping[str, Row], month: Month) -> None:
    there = set()
    for row in _rows(book, CLASSES):
        place = class_place(f"{_text(row, 'grade')}({_text(row, 'number').removesuffix('班')})班")
        if place is None:
            if any(_text(row, key) for key in CLASSES.keys):
                said.wrong.append(w.WRONG_CLASS)
            continue
        there.add(class_text(place))
        own: Row = {}
        for column in CLASSES.columns[2:]:
            reading = column.kind.read(row.get(column.key, ""), month.last_day)
            ours = written.get(class_text(place), {}).get(column.key)
            if reading.value is not None and reading.value != ours:
                own[column.key] = reading.value
        if own or class_text(place) not in written:  # what the sources said and nobody changed is not said by him
            said.classes[place] = own
    for name in written.keys() - there:
        place = class_place(name)
        if place:
            said.classes[place] = None


def _written(book: RawBook) -> Mapping[str, Any]:
    try:
        told = json.loads(read_meta(book).get(WRITTEN, "{}"))
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _rows(book: RawBook, table: Table) -> Iterator[Row]:
    """Yield the filled rows of one sheet, by key."""
    sheet = next((s for s in book.sheets if plain(s.title) == table.title), None)
    header = find_header(sheet, table) if sheet else None
    if sheet is None or header is None:
        return
    places = {c.key: header.titles.index(c.title) for c in table.columns if c.title in header.titles}
    for cells in sheet.rows[header.last + 1 :]:
        row = {key: cells[place] for key, place in places.items() if place < len(cells) and as_text(cells[place])}
        if row:
            yield row


def _text(row: Row, key: str) -> str:
    raw = row.get(key, "")
    return raw if isinstance(raw, str) and key in ("file", "sheet", "above", "words") else as_text(raw)
