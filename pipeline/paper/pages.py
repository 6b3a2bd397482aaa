"""Lay a form to write on by hand out on A4 pages. Every line has its height, so that no program prints more pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import ceil
from typing import Any

from pipeline.excel.pen import columns_wide
from schemas import paper_forms as w
from schemas.cells import as_text
from schemas.kinds import Code, Day, IdCard, NameList, Number, OldNumber, Phone, StudentNo, Text
from schemas.paper_forms import PaperForm, PaperSheet, PaperTable
from schemas.tables import Column

Rows = Mapping[str, Sequence[Mapping[str, Any]]]  # table key → rows as a template holds them

SHORT, LONG, MARGIN = 210.0, 297.0, 9.0  # millimetres
FOOT = 5.0  # of the page's number, within the lower margin's room
TITLE, WHO, HEAD, NOTE = 9.0, 7.5, 11.5, 3.7  # of a title, a line that asks who, a head, a line of words
AIR = 1.0  # below a table
LINE_UPRIGHT, LINE_LYING = 7.0, 5.8  # of a line to write on, at least
NOTE_POINTS, HEAD_POINTS = 8.0, 8.5
_POINT = 0.3528  # millimetres
_PADDING = 2.0  # millimetres of a cell, left and right
_A_LETTER = 4.0  # millimetres that a hand needs for a Chinese character in a narrow cell
_WIDEST_WORD, _MOST_WORDS = 20.0, 31  # of a list: what its cells need, and how long it may be to be told
_TEXT = 1.5  # millimetres a hand needs for what a keyboard puts into one character of width
_LEAST_TEXT = 0.6  # of what a text asks for, before the other columns give way too
_BY_KIND = ((Day, 19.0), (IdCard, 43.0), (OldNumber, 45.0), (StudentNo, 45.0), (Phone, 26.0), (Number, 11.0))


@dataclass(frozen=True)
class Grid:
    """A table on a page: title, words below it, heads with their need, widths and height of a line (mm), its lines.

    `notes`: the words that its cells take, below it. `across`: how many times its columns stand side by side.
    """

    title: str
    words: str
    heads: tuple[tuple[str, str], ...]
    widths: tuple[float, ...]
    height: float
    lines: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    words_high: int
    notes_high: int


@dataclass(frozen=True)
class PaperPage:
    """One A4 page: upright or lying, the line that says whose it is, its tables, the line at its foot."""

    is_landscape: bool
    who: str
    grids: tuple[Grid, ...]
    foot: str
    foot_high: int


def paper_pages(form: PaperForm, rows: Rows | None = None, who: str = "") -> list[PaperPage]:
    """Return the pages of a form. `rows`: what to print; what one page does not hold goes on on further ones."""
    return [page for sheet in form.sheets for page in _pages(form, sheet, rows or {}, who or form.who)]


def _pages(form: PaperForm, sheet: PaperSheet, rows: Rows, who: str) -> Iterator[PaperPage]:
    printed = [list(_printed(part, rows.get(part.table.key, ()))) for part in sheet.parts]
    while True:
        page, left = _page(form, sheet, printed, who)
        yield page
        if not any(left):
            return
        printed = left


def _page(
    form: PaperForm, sheet: PaperSheet, printed: Sequence[list[tuple[str, ...]]], who: str
) -> tuple[PaperPage, list[list[tuple[str, ...]]]]:
    """Return a page and what it does not hold of what is to be printed."""
    short, long = SHORT - 2 * MARGIN, LONG - 2 * MARGIN
    across, down = (long, short) if sheet.is_landscape else (short, long)
    foot = w.TO_TYPE.format(form=form.workbook)
    foot_high = _lines_in(foot, across)
    parts = [_empty(part, across, is_printed=bool(own)) for part, own in zip(sheet.parts, printed, strict=True)]
    fixed = WHO + FOOT + NOTE * foot_high + AIR + sum(_around(part) for part in parts)
    counts = [part.lines for part in sheet.parts]
    height = LINE_LYING if sheet.is_landscape else LINE_UPRIGHT
    room = int((down - fixed) / height) - sum(counts)
    counts = [count or room for count in counts]
    height = (down - fixed) / sum(counts)
    grids, left = [], []
    for grid, part, own, count in zip(parts, sheet.parts, printed, counts, strict=True):
        held = count * part.across
        lines = [*own[:held], *[("",) * len(part.keys)] * max(0, held - len(own))]
        beside = [sum(lines[row::count], ()) for row in range(count)]
        grids.append(replace(grid, height=height, lines=tuple(beside)))
        left.append(own[held:])
    return PaperPage(sheet.is_landscape, who, tuple(grids), foot, foot_high), left


@lru_cache(maxsize=256)  # the forms of all classes have the same tables
def _empty(part: PaperTable, across: float, *, is_printed: bool) -> Grid:
    """Return a table without its lines."""
    columns = [part.table.by_key[key] for key in part.keys]
    widths = _widths(columns, across / part.across) * part.across
    heads = tuple(
        (_in_lines(column.title, width), column.need)
        for column, width in zip(columns * part.across, widths, strict=True)
    )
    words = _told_of(part, is_printed=is_printed)
    notes = tuple(_legend(columns))
    return Grid(
        part.title, words, heads, tuple(widths), 0.0, (), notes, _lines_in(words, across),
        sum(_lines_in(note, across) for note in notes),
    )  # fmt: skip


def _told_of(part: PaperTable, *, is_printed: bool) -> str:
    """Return what is said of a table: nothing of rows held ready where none are printed."""
    told = [
        line
        for line in (part.words or part.table.guidance).split(w.STOP)
        if line and (is_printed or w.HELD_READY not in line)
    ]
    return w.STOP.join([*told, *([w.SAME_NAME] if "pupil" in part.keys else [])]) + w.STOP


def _in_lines(title: str, width: float) -> str:
    """Return a head in lines of one length, as few as its column holds."""
    count = ceil(len(title) * HEAD_POINTS * _POINT / (width - _PADDING))
    step = ceil(len(title) / count)
    return "\n".join(title[at : at + step] for at in range(0, len(title), step))


def _around(grid: Grid) -> float:
    """Return the millimetres that a table takes beside its lines."""
    return TITLE + HEAD + NOTE * (grid.words_high + grid.notes_high) + AIR


def _lines_in(text: str, across: float) -> int:
    """Return how many lines of a note a text takes."""
    return ceil(columns_wide(text) * NOTE_POINTS * _POINT / 2 / (across * 0.97))


def _widths(columns: Sequence[Column], across: float) -> list[float]:
    """Return the widths of columns in millimetres that fill a page: texts give way first, and take what is over."""
    wanted = [_wanted(column) for column in columns]
    texts = [_is_text(column) for column in columns]
    free = sum(own for own, is_text in zip(wanted, texts, strict=True) if is_text)
    bound = sum(wanted) - free
    share = max(_LEAST_TEXT, (across - bound) / free) if free else 1.0
    found = [own * share if is_text else own for own, is_text in zip(wanted, texts, strict=True)]
    return [own * across / sum(found) for own in found]


def _is_text(column: Column) -> bool:
    return isinstance(column.kind, Text | NameList)


def _wanted(column: Column) -> float:
    """Return the millimetres that a hand needs for a column's cells, and its head for its title in three lines."""
    head = max(2, ceil(len(column.title) / 3)) * HEAD_POINTS * _POINT + _PADDING + 0.4
    return max(head, _by_kind(column))


def _by_kind(column: Column) -> float:
    for kind, width in _BY_KIND:
        if isinstance(column.kind, kind):
            return width
    if isinstance(column.kind, Code):
        longest = max(map(len, column.kind.words))
        return min(_WIDEST_WORD, _A_LETTER * longest + 1)
    return _TEXT * column.width if _is_text(column) else 17.0


def _legend(columns: Sequence[Column]) -> Iterator[str]:
    """Yield, as one line, what the cells of lists take, columns of one list together; long lists are left out."""
    titles: dict[tuple[str, ...], list[str]] = {}
    for column in columns:
        if 2 < len(column.kind.words) <= _MOST_WORDS:
            titles.setdefault(column.kind.words, []).append(column.title)
    told = [w.WORDS_OF.format(titles=w.AND.join(own), words=w.WORD_AND.join(words)) for words, own in titles.items()]
    if told:
        yield w.END.join(told)


def _printed(part: PaperTable, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    for row in rows if part.printed else ():
        yield tuple(_text(row, key) if key in part.printed else "" for key in part.keys)


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    told = "" if value is None else str(value) if isinstance(value, date) else as_text(value)
    number = as_text(row.get("student_no") or "") if key == "pupil" else ""
    return f"{told}{number[-4:]}" if number else told
