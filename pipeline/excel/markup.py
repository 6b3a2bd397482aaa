"""Tables that programs write as a web page or as the XML of Excel 2003, and name .xls: lists that a school is given.

Excel opens both, after asking. What teachers hand in is never one of them, so only `guanai start` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from lxml import etree, html

from pipeline.excel.guard import COLUMN_LIMIT, ROW_LIMIT, Refused, content_type
from pipeline.excel.reading import RawBook, RawSheet

HTML, XML = "html", "xml"  # what `guard.content_type` calls them
_CELL_LIMIT = 2_000_000  # of a sheet, empty ones among them: a page can span a cell over all of it
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_FILLED_OUT = re.compile(r"[ \t\r\f\v\u00a0\u3000]+")


class _Cell(NamedTuple):
    value: Any
    column: int | None = None  # where it stands, if it says so
    across: int = 1
    down: int = 1


def book_of_markup(data: bytes) -> RawBook:
    """Return the tables of a web page, or the sheets of an XML of Excel's. Raises Refused where there is none."""
    kind = content_type(data)
    sheets = [sheet for sheet in (_of_xml(data) or _of_html(data, kind)) if sheet.has_content]
    if not sheets:
        raise Refused(kind)
    return RawBook(tuple(sheets), kind)


# --- a web page ------------------------------------------------------------------------------------------------------


def _of_html(data: bytes, kind: str) -> list[RawSheet]:
    """Return each table that holds no other: those that hold others only lay them out."""
    text = _DECLARED.sub("", _decoded(data))
    try:
        page = html.document_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Refused(kind) from None
    tables = [table for table in page.iter("table") if next(table.iterdescendants("table"), None) is None]
    return [_sheet(_title(table), (list(map(_of_td, row)) for row in _rows_of(table))) for table in tables]


def _decoded(data: bytes) -> str:
    """Return a page's text: UTF-8 where it is that, whatever it says of itself, else GB18030."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _title(table: Any) -> str:
    caption = table.find("caption")
    return "" if caption is None else _text_of(caption)


def _rows_of(table: Any) -> Iterator[list[Any]]:
    for row in table.iter("tr"):
        yield [cell for cell in row if cell.tag in ("td", "th")]


def _of_td(cell: Any) -> _Cell:
    return _Cell(_text_of(cell) or None, None, _span(cell.get("colspan")), _span(cell.get("rowspan")))


def _text_of(node: Any) -> str:
    """Return what a node says, a line a <br>, without the blanks that lay it out."""
    for line_end in node.iter("br"):
        line_end.tail = "\n" + (line_end.tail or "")
    lines = (_FILLED_OUT.sub(" ", line).strip() for line in str(node.text_content()).split("\n"))
    return "\n".join(line for line in lines if line)


def _span(said: str | None) -> int:
    return min(max(int(said), 1), COLUMN_LIMIT) if said and said.isdecimal() else 1


# --- XML of Excel 2003 -----------------------------------------------------------------------------------------------


def _of_xml(data: bytes) -> list[RawSheet]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    return [_sheet(str(own.get(f"{_SS}Name", "")), _xml_rows(own)) for own in root.iter(f"{_SS}Worksheet")]


def _xml_rows(sheet: Any) -> Iterator[list[_Cell]]:
    number = 0
    for row in sheet.iter(f"{_SS}Row"):
        index = int(row.get(f"{_SS}Index", number + 1))
        if index > ROW_LIMIT:
            raise Refused("too_many_cells")
        while number + 1 < index:
            number += 1
            yield []
        number += 1
        yield [_of_xml_cell(cell) for cell in row.iterchildren(f"{_SS}Cell")]


def _of_xml_cell(cell: Any) -> _Cell:
    data = cell.find(f"{_SS}Data")
    index = cell.get(f"{_SS}Index")
    spans = (1 + int(cell.get(f"{_SS}{key}", 0)) for key in ("MergeAcross", "MergeDown"))
    return _Cell(None if data is None else _value(data), int(index) - 1 if index else None, *spans)


def _value(data: Any) -> Any:
    text, kind = "".join(data.itertext()), data.get(f"{_SS}Type")
    if kind == "Number":
        number = float(text)
        return int(number) if number.is_integer() else number
    return datetime.fromisoformat(text) if kind == "DateTime" else text or None


# --- both ------------------------------------------------------------------------------------------------------------


def _sheet(title: str, rows: Iterable[list[_Cell]]) -> RawSheet:
    """Lay cells out as a sheet: each at its place or the next that no cell above reaches down to."""
    laid: list[list[Any]] = []
    merged: list[tuple[int, int, int, int]] = []
    reached: dict[int, int] = {}  # column → the first row below the cell that reaches down it
    count = 0
    for top, cells in enumerate(rows):
        row: list[Any] = []
        for cell in cells:
            left = len(row) if cell.column is None else cell.column
            while reached.get(left, 0) > top and cell.column is None:
                left += 1
            if left + cell.across > COLUMN_LIMIT or top >= ROW_LIMIT:
                raise Refused("too_many_cells")
            row += [None] * (left - len(row)) + [cell.value] + [None] * (cell.across - 1)
            if cell.across > 1 or cell.down > 1:
                merged.append((top, left, top + cell.down - 1, left + cell.across - 1))
                reached |= dict.fromkeys(range(left, left + cell.across), top + cell.down)
        laid.append(row)
        count += len(row) + 1
        if count > _CELL_LIMIT:
            raise Refused("too_many_cells")
    last = len(laid) - 1
    areas = tuple((top, left, min(bottom, last), right) for top, left, bottom, right in merged)
    return RawSheet(title, laid, areas)
