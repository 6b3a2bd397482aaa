"""A form's workbook, blank or with rows: written into the parts of a template that is drawn once and kept.

Only the sheets that hold something of their own are made anew; all else is carried over as it lies in the drawn one.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import Any

from pipeline.addresses import column_letters
from pipeline.excel.entering import closed_lists, staff_letter
from pipeline.excel.live import NOTHING_KNOWN, SoFar, live_rows, moved
from pipeline.excel.live_formulas import CHILDREN_FROM
from pipeline.excel.parts import xml_text
from pipeline.excel.template import draw_form, lines_high
from pipeline.excel.zipping import Member, deflated, stored, zipped
from schemas.class_workbook import CLASS_WORKBOOK, PUPILS
from schemas.kinds import DAY_CELL
from schemas.live_words import FACTS
from schemas.tables import FIRST_COVER_ROW, FIRST_DATA_ROW, HEADER_ROW, WorkbookForm
from schemas.versions import TEMPLATE_VERSION

Row = Mapping[str, Any]
Rows = Mapping[str, Iterable[Row]]

_COLUMN_STYLE = re.compile(rb'<col min="(\d+)" max="(\d+)"[^>]*? style="(\d+)"')
_VALUE = re.compile(rb"(?<=</f>)<v>[^<]*</v>")
_BOOK_PART = "xl/workbook.xml"
_NO_ROWS, _END_OF_ROWS = b"<sheetData/>", b"</sheetData>"
_ESCAPE_LIKE = re.compile(r"_x[0-9A-Fa-f]{4}_")  # what a reader would take for one character by its code
_EPOCH, _LEAP_ERROR = datetime(1899, 12, 31), 60  # Excel knows a 29 February 1900


@dataclass(frozen=True, eq=False)  # by itself: kept, and asked for what was made of it
class _Drawn:
    """A blank workbook: its members as they lie, the XML of its sheets, the styles of each sheet's columns.

    `day_style` is that of days, which may stand in any column.
    """

    members: dict[str, Member]
    sheets: Mapping[str, bytes]
    styles: Mapping[str, Sequence[int]]
    day_style: int

    def remade(self, name: str, content: bytes) -> Member:
        """Return a member with another content."""
        member = self.members[name]
        return deflated(member.name, content, member.flags)


def write_form(
    target: Path | BytesIO,
    form: WorkbookForm,
    *,
    cover: Row | None = None,
    rows: Rows | None = None,
    meta: Mapping[str, str] | None = None,
    lines: Iterable[str] = (),
    staff: Sequence[str] = (),
    so_far: SoFar = NOTHING_KNOWN,
) -> None:
    """Write a form's workbook. `cover`: key → value; `rows`: table key → rows of key → value; `meta`: more labels.

    `staff`: the names that stand to choose from; `so_far`: what the sheet 本班还差什么 has to know.
    `lines` stand above the guide and say what is particular to this
    workbook. Raises OSError for a file only.
    """
    told, is_issued = list(lines), so_far is not NOTHING_KNOWN
    drawn = _drawn(form, tuple(map(lines_high, told)), is_issued=is_issued)
    own = {table.key: list((rows or {}).get(table.key, ())) for table in form.tables}
    made = {_part(1): _cover(drawn.sheets[_part(1)], form, cover or {}, told), **dict(_tables(form, drawn, own))}
    lists, labels, known, live = (_part(len(form.tables) + behind) for behind in range(2, 6))
    if staff:
        made[lists] = _named(drawn.sheets[lists], staff_letter(closed_lists(form)), staff)
    made[labels] = _meta(drawn.sheets[labels], {"template": form.title, "version": TEMPLATE_VERSION, **(meta or {})})
    if form.is_live:
        made[known] = _ended(drawn.sheets[known], "".join(_told_so_far(so_far)))
    members = drawn.members | {name: drawn.remade(name, content) for name, content in made.items()}
    if form.is_live:
        members[live] = _live(drawn, live, len(own[PUPILS.key]))
    content = zipped(members.values())
    if isinstance(target, Path):
        target.write_bytes(content)
    else:
        target.write(content)


def draw_ahead() -> None:
    """Draw the class workbook as most templates need it: issued, with one line of its own."""
    _drawn(CLASS_WORKBOOK, (1,), is_issued=True)


def _tables(form: WorkbookForm, drawn: _Drawn, rows: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, bytes]]:
    """Yield part and content of each data sheet that has rows."""
    for number, table in enumerate(form.tables, start=2):
        if rows[table.key]:
            part, keys = _part(number), [column.key for column in table.columns]
            yield part, _table(drawn.sheets[part], rows[table.key], keys, drawn.styles[part], drawn.day_style)


def _part(number: int) -> str:
    """Return the part of a sheet (from 1): the cover, the tables, the lists, the labels, what is known so far, live."""
    return f"xl/worksheets/sheet{number}.xml"


@lru_cache(maxsize=64)
def _drawn(form: WorkbookForm, heights: tuple[int, ...], *, is_issued: bool = False) -> _Drawn:
    """Return the blank workbook with room for particular lines of these heights.

    `is_issued`: for a class and a month, so that what is still lacking stands first.
    """
    data = draw_form(form, heights)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {info.filename: stored(data, info) for info in archive.infolist()}
        count = len(form.tables) + (5 if form.is_live else 3)
        sheets = {_part(n): archive.read(_part(n)) for n in range(1, count + 1)}
        if form.is_live:  # a value that is not there has to be worked out by whoever opens the workbook
            sheets[_part(count)] = _VALUE.sub(b"", sheets[_part(count)])
            book = members[_BOOK_PART]
            members[_BOOK_PART] = deflated(
                book.name, moved(archive.read(_BOOK_PART), 0 if is_issued else len(form.tables) + 1), book.flags
            )
    styles = {part: list(_column_styles(xml)) for part, xml in sheets.items()}
    days = [
        styles[_part(number)][place]
        for number, table in enumerate(form.tables, start=2)
        for place, column in enumerate(table.columns)
        if column.kind.cell == DAY_CELL
    ]
    return _Drawn(members, sheets, styles, days[0] if days else 0)


def _column_styles(xml: bytes) -> Iterator[int]:
    for first, last, style in _COLUMN_STYLE.findall(xml):
        for _ in range(int(first), int(last) + 1):
            yield int(style)


# --- sheets --------------------------------------------------------------------------------------------------------


def _cover(xml: bytes, form: WorkbookForm, cover: Row, lines: Sequence[str]) -> bytes:
    """Return the cover with its entries and particular lines, in the empty cells that wait for them."""
    for row, column in enumerate(form.cover, start=FIRST_COVER_ROW):
        value = cover.get(column.key, "")
        if value != "":
            xml = _entered(xml, f"B{row}", value if isinstance(value, int | float) else str(value))
    for row, line in enumerate(lines, start=FIRST_COVER_ROW + len(form.cover) + 1):
        xml = _entered(xml, f"A{row}", line)
    return xml


def _entered(xml: bytes, address: str, value: Any) -> bytes:
    """Return a sheet with a value in a cell that was drawn empty."""
    before, found, rest = xml.partition(f'<c r="{address}" s="'.encode())
    style, end, after = rest.partition(b'"/>')
    assert found and end and style.isdigit(), "the template is drawn with an empty cell for each entry"
    return before + _cell(address, int(style), int(style), value).encode() + after


def _table(xml: bytes, rows: Sequence[Row], keys: Sequence[str], styles: Sequence[int], day_style: int) -> bytes:
    """Return a data sheet with its rows below the head; a text stays text, a day a date, whatever the column."""
    letters = [column_letters(place) for place in range(1, len(keys) + 1)]
    columns = list(zip(keys, letters, styles, strict=True))
    written = []
    for number, row in enumerate(rows, start=FIRST_DATA_ROW):
        cells = [
            _cell(f"{letter}{number}", style, day_style, row[key])
            for key, letter, style in columns
            if row.get(key) is not None and row[key] != ""
        ]
        written.append(f'<row r="{number}">{"".join(cells)}</row>')
    head, end, tail = xml.partition(_END_OF_ROWS)
    head = head.replace(
        f'<dimension ref="A1:{letters[-1]}{HEADER_ROW}"/>'.encode(),
        f'<dimension ref="A1:{letters[-1]}{HEADER_ROW + len(rows)}"/>'.encode(),
        1,
    )
    return head + "".join(written).encode() + end + tail


def _named(xml: bytes, letter: str, names: Sequence[str]) -> bytes:
    """Return the hidden sheet of lists with one more column behind them."""
    head, first, rest = xml.partition(b"<row ")
    body, end, tail = (first + rest).partition(_END_OF_ROWS)
    rows = body.split(b"</row>")[:-1]
    for place, name in enumerate(names):
        cell = _text(f"{letter}{place + 1}", name).encode()
        if place < len(rows):
            rows[place] = re.sub(rb' spans="[^"]*"', b"", rows[place], count=1) + cell
        else:
            rows.append(f'<row r="{place + 1}">'.encode() + cell)
    head = re.sub(rb'<dimension ref="[^"]*"/>', f'<dimension ref="A1:{letter}{len(rows)}"/>'.encode(), head, count=1)
    return head + b"".join(row + b"</row>" for row in rows) + end + tail


@lru_cache(maxsize=64)
def _live(drawn: _Drawn, name: str, child_count: int) -> Member:
    """Return the sheet 本班还差什么: a megabyte of formulas, alike in all classes of so many children."""
    return drawn.remade(name, _ended(drawn.sheets[name], live_rows(child_count, drawn.styles[name])))


def _ended(xml: bytes, rows: str) -> bytes:
    """Return a sheet with rows below those that it has."""
    if _NO_ROWS in xml:
        return xml.replace(_NO_ROWS, f"<sheetData>{rows}</sheetData>".encode(), 1)
    return xml.replace(_END_OF_ROWS, rows.encode() + _END_OF_ROWS, 1)


def _told_so_far(so_far: SoFar) -> Iterator[str]:
    """Yield the rows of the hidden sheet: what the plan asks, then the children."""
    for row, key in enumerate(FACTS, start=1):
        said = so_far.facts.get(key, "")
        values = said if isinstance(said, tuple) else (said,)
        cells = [_text(f"A{row}", key), *(_hidden(f"{column_letters(n)}{row}", v) for n, v in enumerate(values, 2))]
        yield f'<row r="{row}">{"".join(cells)}</row>'
    for row, (name, known) in enumerate(so_far.children.items(), start=CHILDREN_FROM):
        cells = [_text(f"A{row}", name), *(_hidden(f"{column_letters(n)}{row}", v) for n, v in enumerate(known, 2))]
        yield f'<row r="{row}">{"".join(cells)}</row>'


def _hidden(address: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return f'<c r="{address}"><v>{_serial(value):.16G}</v></c>'
    if isinstance(value, str) and value.startswith("="):
        return f'<c r="{address}"><f>{xml_text(value[1:])}</f></c>'
    return _cell(address, 0, 0, value)


def _meta(xml: bytes, labels: Mapping[str, str]) -> bytes:
    """Return the hidden sheet of labels and values."""
    rows = "".join(
        f'<row r="{row}">{_text(f"A{row}", label)}{_text(f"B{row}", value)}</row>'
        for row, (label, value) in enumerate(labels.items(), start=1)
    )
    xml = xml.replace(b'<dimension ref="A1"/>', f'<dimension ref="A1:B{len(labels)}"/>'.encode(), 1)
    return xml.replace(_NO_ROWS, f"<sheetData>{rows}</sheetData>".encode(), 1)


# --- cells ---------------------------------------------------------------------------------------------------------


def _cell(address: str, style: int, day_style: int, value: Any) -> str:
    look = f' s="{style}"'
    if isinstance(value, str):  # nine cells in ten
        return _text(address, value, look)
    if isinstance(value, bool):
        return f'<c r="{address}"{look} t="b"><v>{value:d}</v></c>'
    if isinstance(value, date) and day_style and (serial := _serial(value)) >= 0:
        return f'<c r="{address}" s="{day_style}"><v>{serial:.16G}</v></c>'
    if isinstance(value, int | float) and isfinite(value):
        return f'<c r="{address}"{look}><v>{value:.16G}</v></c>'
    return _text(address, str(value), look)


def _text(address: str, text: str, look: str = "") -> str:
    return f'<c r="{address}"{look} t="inlineStr"><is><t xml:space="preserve">{_told(text)}</t></is></c>'


@lru_cache(maxsize=2**15)  # the words of a list stand in every row of every class
def _told(text: str) -> str:
    return xml_text(_ESCAPE_LIKE.sub(lambda found: f"_x005F{found[0]}", text))


@lru_cache(maxsize=2**12)
def _serial(day: date) -> float:
    """Return a day, or a day and time, as Excel counts them."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    serial = (moment - _EPOCH).total_seconds() / 86400
    return serial + (serial >= _LEAP_ERROR)
