"""Recognise the sheets and columns of a workbook as typed: by their titles, else by their header rows.

Imports no heavy library: the readers use it to give back only what is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pipeline.excel.reading import RawBook, RawSheet
from schemas.cells import as_text, clean
from schemas.forms import FORMS
from schemas.tables import (
    ALWAYS,
    COVER_SHEET,
    HEADING_NOTE,
    LISTS_SHEET,
    LIVE_SHEET,
    META_SHEET,
    RETURN_SHEET,
    SO_FAR_SHEET,
    Column,
    Table,
    WorkbookForm,
)

HEADER_SEARCH_ROWS = 30
READ_APART = frozenset({COVER_SHEET, META_SHEET, RETURN_SHEET})
OWN_SHEETS = READ_APART | {LISTS_SHEET, LIVE_SHEET, SO_FAR_SHEET}
_OPENING, _CLOSING = r"(（\[【〔", r")）\]】〕"
_LIKENESS = 0.6  # of a table's columns in a header row: a renamed sheet is taken for that table


@dataclass(frozen=True)
class Header:
    """Where the column titles stand: zero-based rows `first` to `last`, one title a column.

    Two rows where groups stand above the titles.
    """

    first: int
    last: int
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Claims:
    """Which sheet is which table. `by_table`: key → sheet; `renamed`: those of them that bear another title.

    `copies`: further sheets that look like a table already found; `tied`: table → sheets that all look like it.
    `others`: visible sheets with content that are nothing of ours.
    """

    by_table: Mapping[str, RawSheet]
    renamed: tuple[tuple[RawSheet, Table], ...]
    copies: tuple[tuple[RawSheet, Table], ...]
    tied: tuple[tuple[Table, tuple[RawSheet, ...]], ...]
    others: tuple[RawSheet, ...]


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a title without blanks, marks, （必填） and a copy's (2), to compare by."""
    return re.sub(rf"[\s*＊:：★]|[(（]\d[)）]$|{HEADING_NOTE}", "", clean(text))


@lru_cache(maxsize=256)
def titles_of(table: Table) -> dict[str, Column]:
    """Return plain title → column, former and colloquial titles included."""
    return {plain(name): column for column in table.columns for name in (column.title, *column.also)}


@lru_cache(maxsize=4096)
def unremarked(title: str) -> str:
    """Return a plain title without its number and what is said behind it: 1.民族, 民族(汉族写汉), 民族【汉族写汉】."""
    return re.sub(rf"^\d{{1,2}}[.、]|[{_OPENING}][^{_OPENING}{_CLOSING}]*[{_CLOSING}]$", "", title)


def column_named(title: str, names: Mapping[str, Column]) -> Column | None:
    """Return the column of a table (`titles_of`) that a header cell names, its remarks left out; None for any other."""
    bare = plain(title)
    return names.get(bare) or names.get(unremarked(bare))


def form_of(book: RawBook) -> WorkbookForm | None:
    """Return the form whose sheets the book has most of, by title, else by header; None where it has none.

    A form without a cover (the plan) is known by its titles and columns alone: a stray sheet 参数 is no plan.
    """
    by_title = {plain(sheet.title): sheet for sheet in reversed(book.sheets)}
    scores = {form.key: _titled(by_title, form) for form in FORMS}
    best = max(FORMS, key=lambda form: scores[form.key])
    if scores[best.key]:
        return best
    covered = [form for form in FORMS if form.cover]
    likes = {form.key: sum(bool(_likely(sheet, form.tables)) for sheet in book.sheets) for form in covered}
    best = max(covered, key=lambda form: likes[form.key])
    return best if likes[best.key] else None


def _titled(by_title: Mapping[str, RawSheet], form: WorkbookForm) -> int:
    found = [table for table in form.tables if table.title in by_title]
    if form.cover or any(_likely(by_title[table.title], (table,)) for table in found):
        return len(found)
    return 0


def claim(book: RawBook, form: WorkbookForm) -> Claims:
    """Say which sheet is which table of the form; of two that look alike none is guessed."""
    by_title: dict[str, list[RawSheet]] = {}
    for sheet in book.sheets:
        by_title.setdefault(plain(sheet.title), []).append(sheet)
    by_table = {t.key: _exact(by_title[t.title], t) for t in form.tables if t.title in by_title}
    cover = cover_sheet(book, form)
    several = [(table, by_title[table.title]) for table in form.tables if len(by_title.get(table.title, ())) > 1]
    empty = [sheet for table, sheets in several for sheet in sheets if not _has_rows(sheet, table)]
    taken = {id(sheet) for sheet in (*by_table.values(), *empty, cover)}
    rest = [s for s in book.sheets if id(s) not in taken and plain(s.title) not in OWN_SHEETS and s.has_content]
    alike: dict[str, list[RawSheet]] = {}
    others: list[RawSheet] = []
    for sheet in rest:
        table = _likely(sheet, form.tables)
        if table:
            alike.setdefault(table.key, []).append(sheet)
        elif sheet.is_visible:
            others.append(sheet)
    found = {key: sheets[0] for key, sheets in alike.items() if key not in by_table and len(sheets) == 1}
    tables = form.by_key
    return Claims(
        {**by_table, **found},
        tuple((sheet, tables[key]) for key, sheet in found.items()),
        tuple((sheet, tables[key]) for key, sheets in alike.items() if key in by_table for sheet in sheets),
        tuple((tables[key], tuple(s)) for key, s in alike.items() if key not in by_table and len(s) > 1),
        tuple(others),
    )


def cover_sheet(book: RawBook, form: WorkbookForm) -> RawSheet | None:
    """Return 填表说明, else a sheet that bears another title and most of its labels."""
    named = next((sheet for sheet in book.sheets if plain(sheet.title) == COVER_SHEET), None)
    if named is not None or not form.cover:
        return named
    labels = frozenset(plain(name) for column in form.cover for name in (column.title, *column.also))
    best, most = None, len(form.cover) // 2
    for sheet in book.sheets:
        cells = (cell for row in sheet.rows[:HEADER_SEARCH_ROWS] for cell in row[:2] if isinstance(cell, str))
        count = len(labels & set(map(plain, cells)))
        if count > most and plain(sheet.title) not in OWN_SHEETS:
            best, most = sheet, count
    return best


def _exact(sheets: Sequence[RawSheet], table: Table) -> RawSheet:
    """Return the sheet that bears the very title, before a 谈心记录(2); one that is filled, before one that is not."""
    by_title = sorted(sheets, key=lambda sheet: clean(sheet.title) != table.title)
    if len(by_title) > 1 and not _has_rows(by_title[0], table):
        return next((sheet for sheet in by_title if _has_rows(sheet, table)), by_title[0])
    return by_title[0]


def _has_rows(sheet: RawSheet, table: Table) -> bool:
    """Tell whether anything stands below the header but what a template holds ready."""
    header = find_header(sheet, table)
    if header is None:
        return False
    names = titles_of(table)
    ready = {n for n, t in enumerate(header.titles) if (c := column_named(t, names)) and c.key in table.held_keys}
    return any(cell != "" and n not in ready for row in sheet.rows[header.last + 1 :] for n, cell in enumerate(row))


def _likely(sheet: RawSheet, tables: Iterable[Table]) -> Table | None:
    """Return the table whose columns stand in a header row of the sheet: all that it must have, or most of them."""
    best, best_share = None, 0.0
    for table in tables:
        header = find_header(sheet, table)
        if header is None:
            continue
        names = titles_of(table)
        keys = {column.key for title in header.titles if (column := column_named(title, names))}
        share = len(keys) / len(table.columns)
        if (share >= _LIKENESS or (len(keys) > 3 and keys >= set(table.needing(ALWAYS)))) and share > best_share:
            best, best_share = table, share
    return best


def find_header(sheet: RawSheet, table: Table) -> Header | None:
    """Return the rows in which most cells are column titles (two at least, or all that the table has)."""
    names = titles_of(table)
    best: Header | None = None
    best_count = 1 if len(names) > 1 else 0
    wanted = len(table.columns)
    for number, row in enumerate(sheet.rows[:HEADER_SEARCH_ROWS]):
        count = _count(row, names)
        if count > best_count:
            best, best_count = Header(number, number, tuple(map(as_text, row))), count
        if best_count == wanted:
            break
    if best_count == wanted:
        return best
    for number in range(min(len(sheet.rows), HEADER_SEARCH_ROWS) - 1):
        if best is not None and number not in (best.first - 1, best.first):
            continue
        titles = _joined_titles(sheet, number, names)
        count = _count(titles, names)
        if count > best_count:
            best, best_count = Header(number, number + 1, titles), count
            break
    return best


def _count(cells: Sequence[Any], names: Mapping[str, Column]) -> int:
    return len({found.key for cell in cells if isinstance(cell, str) and cell and (found := column_named(cell, names))})


def _joined_titles(sheet: RawSheet, number: int, names: Mapping[str, Column]) -> tuple[str, ...]:
    """Return one title a column from two rows: 父亲 over 姓名 is 父亲姓名; a title merged downwards is itself."""
    upper = [as_text(cell) for cell in sheet.rows[number]]
    lower = [as_text(cell) for cell in sheet.rows[number + 1]]
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    for top, left, bottom, right in sheet.merged:
        if top <= number <= bottom and right < width:
            upper[left : right + 1] = [upper[left]] * (right - left + 1)
    return tuple(
        next((title for title in (above + below, below, above) if plain(title) in names), below or above)
        for above, below in zip(upper, lower, strict=True)
    )


def lone_table(rows: list[list[Any]]) -> str:
    """Return the title of the table that rows without a workbook look like, or ""."""
    table = _likely(RawSheet("", rows), [table for form in FORMS for table in form.tables])
    return table.title if table else ""


def ours_only(book: RawBook) -> RawBook | None:
    """Return the book without the cells of sheets that are nothing of ours; None where it is no form of ours."""
    form = form_of(book)
    if form is None:
        return None
    claims = claim(book, form)
    tied = [sheet for _, sheets in claims.tied for sheet in sheets]
    kept = {id(sheet) for sheet in (*claims.by_table.values(), *tied)}
    return replace(
        book,
        sheets=tuple(
            sheet if id(sheet) in kept or plain(sheet.title) in READ_APART else _emptied(sheet) for sheet in book.sheets
        ),
    )


def _emptied(sheet: RawSheet) -> RawSheet:
    """Return the sheet with its head rows alone, by which it can be recognised again."""
    return replace(sheet, rows=sheet.rows[:HEADER_SEARCH_ROWS])
