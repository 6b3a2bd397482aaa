"""The cells of a worksheet's XML by their place, wherever and however someone's program has written them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from pipeline.addresses import Spot, address, place_of
from pipeline.excel.parts import MAIN

_M = f"{{{MAIN}}}"
_ROW, _CELL = _M + "row", _M + "c"
_SMALL = "abcdefghijklmnopqrstuvwxyz$"
_ODDLY_ADDRESSED = etree.XPath(
    f"m:sheetData/m:row[not(@r)] | m:sheetData/m:row/m:c[not(@r) or translate(@r, '{_SMALL}', '') != @r]",
    namespaces={"m": MAIN},
)
_OUT_OF_ORDER = etree.XPath("boolean(m:sheetData/m:row[@r <= preceding-sibling::m:row[1]/@r])", namespaces={"m": MAIN})


class Cells:
    """Some cells of a sheet by their place, wherever the XML has them; what is not there yet is made.

    `is_odd`: addresses are left out or written otherwise, or rows are out of order or in several elements.
    """

    def __init__(self, root: Any, wanted: Iterable[Spot]) -> None:
        self._root, self._data = root, root.find(_M + "sheetData")
        self.is_odd = bool(_ODDLY_ADDRESSED(root))
        if self.is_odd:
            _write_addresses(self._data)
        self.is_odd = self.is_odd or bool(_OUT_OF_ORDER(root))
        places = list(wanted)
        self._rows = self._rows_to(max((row for row, _ in places), default=0))
        self._numbers = [int(row.get("r")) for row in self._rows]
        self._lines: dict[int, list[Any]] = {}
        for number, row in zip(self._numbers, self._rows, strict=True):
            self._lines.setdefault(number, []).append(row)
        self._found: dict[str, list[Any]] = {address(place): [] for place in places}
        for row in self._rows:
            for cell in row.iterchildren(_CELL):
                if (reference := cell.get("r")) in self._found:
                    self._found[reference].append(cell)

    def _rows_to(self, last: int) -> list[Any]:
        """Return the rows to the first one beyond the last that is wanted; all where they are out of order."""
        rows = []
        for row in self._data.iterchildren(_ROW):
            rows.append(row)
            if int(row.get("r")) > last and not self.is_odd:
                break
        return rows

    def at(self, row: int, column: int) -> list[Any]:
        """Return the elements of a cell: one, or more where someone wrote it more than once."""
        place = address((row, column))
        if not self._found[place]:
            self._found[place] = [self._made(row, column, place)]
        return self._found[place]

    def _made(self, row: int, column: int, place: str) -> Any:
        lines = self._lines.get(row) or [self._made_row(row)]
        made = etree.Element(_CELL, r=place)
        style = _style_of_empty(self._root, lines[0], column)
        if style:
            made.set("s", style)
        cells = [cell for line in lines for cell in line.iterchildren(_CELL)]
        later = next((cell for cell in cells if place_of(cell.get("r"))[1] > column), None)
        last = next(lines[-1].iterchildren(_CELL, reversed=True), None)
        if later is not None:
            later.addprevious(made)
        elif last is not None:
            last.addnext(made)
        else:
            lines[-1].insert(0, made)
        return made

    def _made_row(self, row: int) -> Any:
        made = etree.Element(_ROW, r=str(row))
        index = next((n for n, number in enumerate(self._numbers) if number > row), len(self._rows))
        if index < len(self._rows):
            self._rows[index].addprevious(made)
        else:
            self._data.append(made)
        self._rows.insert(index, made)
        self._numbers.insert(index, row)
        self._lines[row] = [made]
        return made


def _write_addresses(data: Any) -> None:
    """Write every address out, in capitals: a row or cell without one follows the one before it."""
    number = 0
    for row in data.iterchildren(_ROW):
        number = int(row.get("r") or number + 1)
        column = 0
        for cell in row.iterchildren(_CELL):
            stated = place_of(cell.get("r"))
            column = stated[1] or column + 1
            cell.set("r", address((stated[0] or number, column)))
        if not row.get("r"):
            first = next(row.iterchildren(_CELL), None)
            row.set("r", str(number if first is None else place_of(first.get("r"))[0]))


def _style_of_empty(root: Any, row: Any, column: int) -> str:
    """Return the style that an empty cell takes from its row or column, "" for none."""
    if row.get("customFormat") in ("1", "true") and row.get("s"):
        return str(row.get("s"))
    for span in root.iterfind(f"{_M}cols/{_M}col"):
        if int(span.get("min")) <= column <= int(span.get("max")):
            return str(span.get("style", ""))
    return ""
