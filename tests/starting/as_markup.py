"""The invented school's sources as programs write them that know no Excel: a web page, or XML, under the name .xls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from starting.layouts import Layout
from starting.truth import Invented

_SS = "urn:schemas-microsoft-com:office:spreadsheet"


def _rows(sheet: Any) -> Iterator[list[tuple[int, Any, int, int]]]:
    """Yield the cells of each row as (column, value, how many across, how many down); covered ones are none."""
    areas = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    for row in sheet.iter_rows():
        cells = []
        for cell in row:
            if not isinstance(cell, MergedCell):
                area = areas.get((cell.row, cell.column))
                size = (1, 1) if area is None else (area.max_col - area.min_col + 1, area.max_row - area.min_row + 1)
                cells.append((cell.column, cell.value, *size))
        yield cells


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d")
    return "" if value is None else escape(str(value)).replace("\n", "<br>")


def _page(book: Any) -> bytes:
    """Return the sheets as a page that an office system exports: in GBK, one table laid out inside another."""
    tables = []
    for sheet in book.worksheets:
        rows = (
            "<tr>" + "".join(f"<td colspan={a} rowspan={d}>\n  {_shown(v)}&nbsp;</td>" for _, v, a, d in own) + "</tr>"
            for own in _rows(sheet)
        )
        tables.append(f"<table><caption>{sheet.title}</caption>{''.join(rows)}</table>")
    inner = "</td></tr><tr><td>".join(tables)
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    return f"<html><head>{head}</head><body><table><tr><td>{inner}</td></tr></table></body></html>".encode("gbk")


def _typed(value: Any) -> str:
    if isinstance(value, datetime):
        return f'<Data ss:Type="DateTime">{value.isoformat()}.000</Data>'
    kind = "Number" if isinstance(value, int | float) and not isinstance(value, bool) else "String"
    return "" if value is None else f'<Data ss:Type="{kind}">{escape(str(value))}</Data>'


def _xml(book: Any) -> bytes:
    """Return the sheets as the XML of Excel 2003: empty cells and rows are left out."""
    sheets = []
    for sheet in book.worksheets:
        rows = []
        for number, own in enumerate(_rows(sheet), start=1):
            cells = "".join(
                f'<Cell ss:Index="{c}" ss:MergeAcross="{a - 1}" ss:MergeDown="{d - 1}">{_typed(v)}</Cell>'
                for c, v, a, d in own
                if v is not None or (a, d) != (1, 1)
            )
            rows.append(f'<Row ss:Index="{number}">{cells}</Row>' if cells else "")
        sheets.append(f'<Worksheet ss:Name="{escape(sheet.title)}"><Table>{"".join(rows)}</Table></Worksheet>')
    return f'<?xml version="1.0"?><Workbook xmlns="{_SS}" xmlns:ss="{_SS}">{"".join(sheets)}</Workbook>'.encode()


def _as(school: Invented, folder: Path, *, layout: Layout, written: Callable[[Any], bytes]) -> None:
    layout.write(school, folder)
    for path in sorted(folder.rglob("*.xlsx")):
        path.with_suffix(".xls").write_bytes(written(load_workbook(path)))
        path.unlink()


def in_markup(layout: Layout) -> list[Layout]:
    """Return a layout as a page and as XML."""
    return [
        Layout(f"{layout.name}{name}", partial(_as, layout=layout, written=written), layout.held, has_heads=layout.has_heads)
        for name, written in (("网页", _page), ("XML", _xml))
    ]
