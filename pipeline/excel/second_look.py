"""The second look at a sheet of an OOXML workbook: which cells say anything, by its XML alone.

The reader shows error values and formulas without a result as empty cells, and may pass over what it does not
expect. One streaming parse that minds namespaces (prefixed, Strict) and counts rows and cells as Excel does (those
without an address stand after the one before) tells what must not be lost. Where the two readers differ about which
cells are filled, the cell is told: it is never silently empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any

from lxml import etree

from pipeline.addresses import column_number
from pipeline.excel.guard import COLUMN_LIMIT, ROW_LIMIT, Refused
from pipeline.excel.plain_look import PlainSheet, plain_sheet, plain_strings
from schemas.cells import CellError, UnsureCell
from schemas.rules import UNCACHED_FORMULA

Cell = tuple[int, int]  # zero-based row and column
TRUE = ("1", "true", "on")  # how XML says yes
_NO_STYLES: frozenset[str] = frozenset()


@dataclass
class Looked:
    """What the XML of one sheet says. `filled`: cell → its text, or the index of its shared string (`shared`)."""

    filled: dict[Cell, str] = field(default_factory=dict)
    shared: set[Cell] = field(default_factory=set)
    unread: dict[Cell, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    struck: set[Cell] = field(default_factory=set)


@dataclass
class Looks:
    """What a look at a workbook of another format found, by sheet title: error cells → what they show, hidden rows."""

    errors: dict[str, dict[Cell, str]] = field(default_factory=dict)
    hidden_rows: dict[str, set[int]] = field(default_factory=dict)
    counts_from_1904: bool = False


@dataclass(frozen=True)
class Shared:
    """The shared strings of a workbook, as texts, and the indexes of those that are struck through."""

    texts: Sequence[str]
    struck: frozenset[str]


def name_of(element: Any) -> str:
    """Return an element's name without its namespace; "" for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def look(xml: bytes, struck_styles: frozenset[str] = _NO_STYLES, struck_strings: frozenset[str] = _NO_STYLES) -> Looked:
    """Return what the sheet's XML says. Raises etree.XMLSyntaxError."""
    looked = Looked()
    plain = plain_sheet(xml)
    if plain is None:
        _look_at_rows(xml, looked, struck_styles, struck_strings)
    else:
        _look_at_plain(plain, looked, struck_styles, struck_strings)
    return looked


def _look_at_plain(plain: PlainSheet, looked: Looked, styles: frozenset[str], strings: frozenset[str]) -> None:
    number = 0
    for stated, hidden in plain.rows:
        number = int(stated) if stated.isdigit() else number + 1
        if hidden in TRUE:
            looked.hidden_rows.add(number)
    for reference, style, kind, value, text in plain.cells:
        place = _place(reference) or (0, 0)  # a plain address is always one
        said = value or text
        if kind == "e":
            looked.unread[place] = said or UNCACHED_FORMULA
        elif said:
            looked.filled[place] = said
            if kind == "s":
                looked.shared.add(place)
            if (style and style in styles) or (kind == "s" and said.strip() in strings):
                looked.struck.add(place)


def _look_at_rows(xml: bytes, looked: Looked, styles: frozenset[str], strings: frozenset[str]) -> None:
    number = 0
    for _, row in etree.iterparse(BytesIO(xml), tag="{*}row", resolve_entities=False, no_network=True):
        stated = row.get("r")
        number = int(stated) if stated and stated.isdigit() else number + 1
        if row.get("hidden") in TRUE:
            looked.hidden_rows.add(number)
        _look_at_row(row, number - 1, looked, styles, strings)
        row.clear()


def _look_at_row(row: Any, index: int, looked: Looked, styles: frozenset[str], strings: frozenset[str]) -> None:
    column = -1
    for cell in row:
        reference = cell.get("r")
        place = (index, column + 1)
        if reference:
            place = _place(reference) or place
        elif name_of(cell) != "c":
            continue
        column = place[1]
        if len(cell):
            _look_at_cell(cell, place, looked, strings)
            if styles and cell.get("s") in styles and place in looked.filled:
                looked.struck.add(place)


def _look_at_cell(cell: Any, place: Cell, looked: Looked, struck_strings: frozenset[str]) -> None:
    kind = cell.get("t")
    value, has_formula = "", False
    for part in cell:
        name = name_of(part)
        if name == "v":
            value = part.text or ""
        elif name == "f":
            has_formula = True
        elif name == "is":
            value = rich_text(part)
            if any(_is_struck(run) for run in part):
                looked.struck.add(place)
    if kind == "e" or (has_formula and not value and kind != "str"):
        looked.unread[place] = value or UNCACHED_FORMULA
    elif value:
        looked.filled[place] = value
        if kind == "s":
            looked.shared.add(place)
            if value.strip() in struck_strings:
                looked.struck.add(place)


@lru_cache(maxsize=65536)
def _place(reference: str) -> Cell | None:
    match = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})", reference)
    return (int(match[2]) - 1, column_number(match[1].upper()) - 1) if match else None


def rich_text(item: Any) -> str:
    """Return the text of a shared or inline string: its runs together, without phonetic guides."""
    texts = []
    for part in item:
        name = name_of(part)
        if name == "t":
            texts.append(part.text or "")
        elif name == "r":
            texts += [run.text or "" for run in part if name_of(run) == "t"]
    return "".join(texts)


def _is_struck(run: Any) -> bool:
    properties = next((part for part in run if name_of(part) == "rPr"), None) if name_of(run) == "r" else None
    return properties is not None and any(_is_on(part) for part in properties if name_of(part) == "strike")


def _is_on(flag: Any) -> bool:
    return flag.get("val", "1") in TRUE


def shared_strings(xml: bytes) -> Shared:
    """Return the shared strings of a workbook. Raises etree.XMLSyntaxError."""
    plain = plain_strings(xml)
    if plain is not None:
        return Shared(plain, _NO_STYLES)
    texts: list[str] = []
    struck = set()
    for _, item in etree.iterparse(BytesIO(xml), tag="{*}si", resolve_entities=False, no_network=True):
        if any(_is_struck(run) for run in item):
            struck.add(str(len(texts)))
        texts.append(rich_text(item))
        item.clear()
    return Shared(texts, frozenset(struck))


def struck_styles(xml: bytes) -> frozenset[str]:
    """Return the numbers of the cell formats whose font is struck through. Raises etree.XMLSyntaxError."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    lists = {name_of(part): part for part in root}
    fonts = [font for font in lists.get("fonts", ()) if name_of(font) == "font"]
    struck = {
        str(number)
        for number, font in enumerate(fonts)
        if any(name_of(part) == "strike" and _is_on(part) for part in font)
    }
    formats = (xf for xf in lists.get("cellXfs", ()) if name_of(xf) == "xf")
    return frozenset(str(number) for number, xf in enumerate(formats) if xf.get("fontId") in struck)


def reconciled(rows: list[list[Any]], looked: Looked, texts: Callable[[], Sequence[str]]) -> list[list[Any]]:
    """Return the reader's cells with what it does not show put in. `texts` gives the workbook's shared strings.

    Errors and formulas without a result become a CellError, a cell that only one of the two saw an UnsureCell.
    """
    if not looked.unread and _agree(rows, looked):
        return rows
    told: dict[Cell, CellError] = {place: CellError(text) for place, text in looked.unread.items()}
    strings = texts() if looked.shared else ()
    own = {place: _text_of(place, looked, strings) for place in looked.filled}
    own = {place: text for place, text in own.items() if text.strip()}
    seen = {
        (number, place)
        for number, row in enumerate(rows)
        for place, cell in enumerate(row)
        if cell != "" and not (isinstance(cell, str) and not cell.strip())
    }
    told |= {place: UnsureCell(own[place]) for place in own.keys() - seen}
    told |= {place: UnsureCell(str(rows[place[0]][place[1]])) for place in seen - own.keys() - told.keys()}
    return with_cells(rows, told)


def _agree(rows: Sequence[Sequence[Any]], looked: Looked) -> bool:
    """Tell whether both readers saw the very same cells filled."""
    if sum(len(row) - row.count("") for row in rows) != len(looked.filled):
        return False
    try:
        return all(rows[row][column] != "" for row, column in looked.filled)
    except IndexError:
        return False


def _text_of(place: Cell, looked: Looked, texts: Sequence[str]) -> str:
    value = looked.filled[place]
    if place not in looked.shared:
        return value
    index = value.strip()
    return texts[int(index)] if index.isdigit() and int(index) < len(texts) else index


def with_cells(rows: list[list[Any]], told: Mapping[Cell, CellError]) -> list[list[Any]]:
    """Return the rows with some cells put in; they grow where one stands beyond them. Raises Refused beyond limits."""
    height = max((row + 1 for row, _ in told), default=0)
    width = max([len(row) for row in rows[:1]] + [column + 1 for _, column in told])
    if height > ROW_LIMIT or width > COLUMN_LIMIT:
        raise Refused("too_many_cells")
    grown = [row + [""] * (width - len(row)) for row in rows]
    grown += [[""] * width for _ in range(height - len(grown))]
    for (row, column), cell in told.items():
        grown[row][column] = cell
    return grown
