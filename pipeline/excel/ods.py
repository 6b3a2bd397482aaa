"""What the reader does not show of an OpenDocument sheet: error values, and days counted from 1904.

LibreOffice and WPS write an error as a text cell of the kind `error`; older files only show it.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

from lxml import etree

from pipeline.excel.guard import BROKEN, COLUMN_LIMIT, ROW_LIMIT, Refused
from pipeline.excel.second_look import Cell, Looks, name_of

_BETWEEN_TAGS = re.compile(rb">\s+<(?=/?(?:table|office):|text:p\b)")
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)|Err:\d{3}")
_CONTENT = "content.xml"


def without_breaks(data: bytes) -> bytes:
    """Return an ODS without the line breaks between its tags."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as tidied:
        for info in archive.infolist():
            xml = archive.read(info)
            tidied.writestr(info.filename, _BETWEEN_TAGS.sub(b"><", xml) if info.filename == _CONTENT else xml)
    return out.getvalue()


def error_cells(data: bytes) -> Looks:
    """Return the error values of each sheet, and where its days count from. Raises Refused for a torn part."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            xml = archive.read(_CONTENT)
    except (*BROKEN, KeyError):
        raise Refused("broken_zip") from None
    looks = Looks()
    try:
        for _, element in etree.iterparse(
            BytesIO(xml), tag=("{*}table", "{*}null-date"), resolve_entities=False, no_network=True
        ):
            if name_of(element) == "null-date":
                looks.counts_from_1904 |= _own(element, "date-value").startswith("1904")
            else:
                looks.errors[_own(element, "name")] = _errors_of(element)
    except etree.XMLSyntaxError:
        raise Refused("damaged") from None
    return looks


def _errors_of(table: Any) -> dict[Cell, str]:
    """Return place → text of the error cells; rows and cells that are repeated stand for as many."""
    errors: dict[Cell, str] = {}
    row = 0
    for line in table.iter("{*}table-row"):
        column = 0
        for cell in line:
            if name_of(cell) not in ("table-cell", "covered-table-cell"):
                continue
            text = _error(cell)
            if text and row < ROW_LIMIT and column < COLUMN_LIMIT:
                errors[row, column] = text
            column += _count(cell, "number-columns-repeated")
        row += _count(line, "number-rows-repeated")
    return errors


def _error(cell: Any) -> str:
    if not len(cell):
        return ""
    text = "".join(cell.itertext()).strip()
    is_error = any(key.endswith("value-type") and value == "error" for key, value in cell.attrib.items())
    formula = _own(cell, "formula")
    return text if is_error or (formula and _ERROR.fullmatch(text)) else ""


def _own(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _count(element: Any, name: str) -> int:
    stated = _own(element, name)
    return int(stated) if stated.isdigit() else 1
