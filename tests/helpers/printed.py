"""How large a workbook comes out on A4: from its column widths, page set-up and fonts, as Excel works it out."""

from __future__ import annotations

import io
import itertools
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.drawing.spreadsheet_drawing import OneCellAnchor, TwoCellAnchor

_A4 = (595.3, 841.9)  # points
_DEFAULT_WIDTH, _DEFAULT_HEIGHT = 8.43, 15.0
_POINTS_OF_EMU = 1 / 12_700
_CHART_FONT = re.compile(r'\bsz="(\d+)"')
_HEADER_FONT = re.compile(r"&(\d+)")


@dataclass(frozen=True)
class Printed:
    """A sheet on paper: the `scale` of its cells, the smallest font of all and of its cells in points, pages across."""

    sheet: str
    scale: float
    smallest: float
    smallest_cell: float
    where: str
    across: int


def printed(data: bytes) -> list[Printed]:
    """Return how every visible sheet of a workbook is printed."""
    book = load_workbook(io.BytesIO(data))
    charts = _chart_fonts(data)
    return [_printed(sheet, charts.get(sheet.title, ())) for sheet in book if sheet.sheet_state == "visible"]


def _printed(sheet: Any, chart_fonts: tuple[float, ...]) -> Printed:
    scale, across = _scale(sheet)
    fonts = [
        (cell.font.sz * scale, cell.coordinate)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "") and not sheet.column_dimensions[cell.column_letter].hidden
    ]
    smallest_cell = min(fonts, default=(math.inf, ""))[0]
    fonts += [(size * scale, "chart") for size in chart_fonts]
    fonts += [(size, "header or footer") for size in _header_fonts(sheet, scale)]
    smallest, where = min(fonts, default=(math.inf, ""))
    return Printed(sheet.title, scale, round(smallest, 2), round(smallest_cell, 2), where, across)


def _scale(sheet: Any) -> tuple[float, int]:
    """Return the scale at which a sheet is printed, and how many pages it is wide. Excel prints whole percents."""
    setup, margins = sheet.page_setup, sheet.page_margins
    short, long = _A4
    wide, tall = (long, short) if setup.orientation == "landscape" else (short, long)
    room = wide - 72 * (margins.left + margins.right), tall - 72 * (margins.top + margins.bottom)
    own = _size(sheet)
    breaks = len(sheet.col_breaks.brk)
    fit = sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
    if not fit:
        scale = (setup.scale or 100) / 100
        parts = _parts(sheet)
        assert breaks + 1 == len(parts)
        assert max(parts) * scale <= room[0] + 1, f"{sheet.title}: a block is cut across"
        return scale, len(parts)
    pages = (
        (setup.fitToWidth if setup.fitToWidth is not None else 1),
        (setup.fitToHeight if setup.fitToHeight is not None else 1),
    )
    wanted = [room[at] * pages[at] / own[at] for at in (0, 1) if pages[at] and own[at]]
    return math.floor(100 * min(1, *wanted, 1)) / 100, pages[0] or 1


def _size(sheet: Any) -> tuple[float, float]:
    """Return the points that the used cells and pictures of a sheet take across and down."""
    columns, rows = [_width(sheet, at) for at in range(1, 200)], [_height(sheet, at) for at in range(1, 2000)]
    last_column, last_row = _used(sheet)
    across, down = sum(columns[:last_column]), sum(rows[:last_row])
    for drawing in sheet._charts:
        anchor = drawing.anchor
        if isinstance(anchor, TwoCellAnchor):
            across = max(across, sum(columns[: anchor.to.col]) + anchor.to.colOff * _POINTS_OF_EMU)
            down = max(down, sum(rows[: anchor.to.row]) + anchor.to.rowOff * _POINTS_OF_EMU)
        elif isinstance(anchor, OneCellAnchor):
            across = max(across, sum(columns[: anchor._from.col]) + anchor.ext.width * _POINTS_OF_EMU)
    return across, down


def _used(sheet: Any) -> tuple[int, int]:
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value not in (None, "") or cell.has_style]
    return max((c.column for c in cells), default=1), max((c.row for c in cells), default=1)


def _parts(sheet: Any) -> list[float]:
    """Return the points of each page across, the repeated columns with every one but the first."""
    last, _ = _used(sheet)
    edges = [0, *sorted(brk.id for brk in sheet.col_breaks.brk), last]
    repeated = _repeated_columns(sheet)
    held = sum(_width(sheet, at + 1) for at in range(repeated))
    own = [sum(_width(sheet, at + 1) for at in range(a, b)) for a, b in itertools.pairwise(edges)]
    return [own[0], *(held + part for part in own[1:])]


def _repeated_columns(sheet: Any) -> int:
    told = sheet.print_title_cols
    return sheet[told.replace("$", "").rpartition(":")[2] + "1"].column if told else 0


def _width(sheet: Any, at: int) -> float:
    for dimension in sheet.column_dimensions.values():
        if dimension.min is not None and dimension.min <= at <= dimension.max:
            return 0.0 if dimension.hidden else _points(dimension.width)
    return _points(sheet.sheet_format.defaultColWidth or _DEFAULT_WIDTH + 0.71)


def _points(stored: float) -> float:
    """Return the points of a column whose width is given as the file stores it: 7 pixels a digit."""
    return round(stored * 7) * 0.75


def _height(sheet: Any, at: int) -> float:
    own = sheet.row_dimensions[at].height if at in sheet.row_dimensions else None
    return float(own or sheet.sheet_format.defaultRowHeight or _DEFAULT_HEIGHT)


def _header_fonts(sheet: Any, scale: float) -> Iterator[float]:
    """Yield the sizes in headers and footers, which Excel shrinks with the sheet unless told otherwise."""
    texts = [
        (part.text or "", part.size or (int(found[1]) if (found := _HEADER_FONT.search(part.text or "")) else 11))
        for side in (sheet.oddHeader, sheet.oddFooter)
        for part in (side.left, side.center, side.right)
    ]
    follows = sheet.HeaderFooter.scaleWithDoc
    for text, size in texts:
        if text:
            yield size * (scale if follows is None or follows else 1)


def _chart_fonts(data: bytes) -> dict[str, tuple[float, ...]]:
    """Return sheet → the sizes of the texts in its charts."""
    found: dict[str, tuple[float, ...]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = re.findall(r'<sheet name="([^"]*)"', archive.read("xl/workbook.xml").decode())
        for number, name in enumerate(names, start=1):
            drawings = _related(archive, f"xl/worksheets/_rels/sheet{number}.xml.rels", "drawing")
            charts = [c for d in drawings for c in _related(archive, f"xl/drawings/_rels/{d}.rels", "chart")]
            sizes = [
                int(size) / 100 for c in charts for size in _CHART_FONT.findall(archive.read(f"xl/charts/{c}").decode())
            ]
            found[name] = tuple(sizes)
    return found


def _related(archive: zipfile.ZipFile, part: str, kind: str) -> list[str]:
    if part not in archive.namelist():
        return []
    return re.findall(rf'Target="[^"]*/({kind}\d+\.xml)"', archive.read(part).decode())
