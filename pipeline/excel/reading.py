"""Read a workbook's cells as typed, with their addresses. Imports no heavy library, so that it starts at once.

python-calamine reads the values; it shows error values and formulas without a result as empty, so a light second
look at the sheet's XML puts them back, only where the XML has such cells at all.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import python_calamine
from lxml import etree

from pipeline.excel.guard import COLUMN_LIMIT, ROW_LIMIT, Refused, check_archive, content_type
from pipeline.excel.xlsb import with_full_cells
from schemas.cells import CellError
from schemas.rules import UNCACHED_FORMULA

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DOCUMENT = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HIDDEN_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([^<]+)<")


@dataclass(frozen=True)
class RawSheet:
    """One sheet as typed. `rows[0][0]` is A1; `merged`: zero-based (first row, first column, last row, last column)."""

    title: str
    rows: list[list[Any]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    is_visible: bool = True

    @property
    def has_content(self) -> bool:
        return any(cell not in ("", None) for row in self.rows for cell in row)


@dataclass(frozen=True)
class RawBook:
    """One workbook as typed. `form` is what the content is (ooxml, ole2 …), `saved_at` when it says it was saved."""

    sheets: tuple[RawSheet, ...]
    form: str
    saved_at: str = ""
    has_macros: bool = False


def read_book(data: bytes, row_limit: int = ROW_LIMIT) -> RawBook:
    """Return all worksheets of a workbook given as bytes. Raises Refused with the reason why it can't be read.

    A sheet of more than `row_limit` rows is none of ours.
    """
    form = content_type(data)
    if form not in ("ooxml", "ods", "ole2"):
        raise Refused(form)
    parts = check_archive(data, row_limit) if form in ("ooxml", "ods") else {}
    try:
        sheets = _calamine_sheets(with_full_cells(data) if form == "ooxml" and not parts else data, row_limit)
    except ValueError:
        raise Refused("damaged") from None
    except python_calamine.CalamineError:
        sheets = _calamine_again(data, form)
    if not sheets:
        raise Refused("no_sheets")
    if form != "ooxml":
        return RawBook(tuple(sheets), form)
    saved_at, has_macros = _properties(data)
    return RawBook(tuple(_second_look(sheets, data, parts)), form, saved_at, has_macros)


_BETWEEN_ODS_TAGS = re.compile(rb">\s+<(?=/?(?:table|office):|text:p\b)")


def _calamine_again(data: bytes, form: str) -> list[RawSheet]:
    """Read a workbook that the reader did not take. Raises Refused with the reason.

    It takes no line breaks between the tags of an ODS, as some libraries write them.
    """
    if form == "ods":
        with suppress(python_calamine.CalamineError):
            return _calamine_sheets(_without_breaks(data))
    raise Refused(_reason(data, form))


def _without_breaks(data: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as tidied:
        for info in archive.infolist():
            xml = archive.read(info)
            tidied.writestr(info.filename, _BETWEEN_ODS_TAGS.sub(b"><", xml) if info.filename == "content.xml" else xml)
    return out.getvalue()


_ENDINGS = {"ooxml": ".xlsx", "ods": ".ods", "ole2": ".xls"}


def _reason(data: bytes, form: str) -> str:
    """Return why the reader did not open a workbook: only of a file with a name does it say so."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "book" + _ENDINGS[form])
        path.write_bytes(data)
        try:
            python_calamine.CalamineWorkbook.from_path(path).close()
        except python_calamine.PasswordError:
            return "password"
        except python_calamine.CalamineError as error:
            return next((reason for words, reason in _SAID.items() if words in str(error)), "damaged")
    return "damaged"


# What the reader says → the reason that we tell.
_SAID = {"Cell limit exceeded": "too_many_cells", "macrosheets": "macro_sheet"}


def _calamine_sheets(data: bytes, row_limit: int = ROW_LIMIT) -> list[RawSheet]:
    with python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        sheets = []
        for meta in book.sheets_metadata:
            if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            merged = tuple((r1, c1, r2, c2) for (r1, c1), (r2, c2) in (sheet.merged_cell_ranges or ()))
            rows = _within_limits(sheet.to_python(skip_empty_area=False), row_limit)
            visible = meta.visible == python_calamine.SheetVisibleEnum.Visible
            sheets.append(RawSheet(meta.name, rows, merged, is_visible=visible))
    return sheets


def _within_limits(rows: list[list[Any]], row_limit: int) -> list[list[Any]]:
    """Return the rows to the last one that holds anything. Raises Refused beyond what the guard allows a sheet.

    The guard sees addresses in OOXML only; here every format comes by.
    """
    while len(rows) > row_limit and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    if len(rows) > row_limit or (rows and len(rows[0]) > COLUMN_LIMIT):
        raise Refused("too_many_cells")
    return rows


def _second_look(sheets: list[RawSheet], data: bytes, parts: dict[str, bytes]) -> list[RawSheet]:
    """Return the sheets with error values, empty formulas and hidden rows put in, where the XML has any."""
    if not any(_has_unread(xml) or _HIDDEN_ROW.search(xml) for xml in parts.values()):
        return sheets
    names = _part_names(data)
    return [_patched(sheet, parts.get(names.get(sheet.title, ""), b"")) for sheet in sheets]


def _patched(sheet: RawSheet, xml: bytes) -> RawSheet:
    hidden = frozenset(int(row) for row in _HIDDEN_ROW.findall(xml))
    rows = sheet.rows
    for row, column, shown in _unread_cells(xml):
        if row < len(rows) and column < len(rows[row]) and rows[row][column] in ("", None):
            rows[row][column] = CellError(shown)
    return RawSheet(sheet.title, rows, sheet.merged, hidden, sheet.is_visible)


def _has_unread(xml: bytes) -> bool:
    """Tell whether a sheet has any error value or formula (`<f>`, not the `<formula1>` of a validation)."""
    return b't="e"' in xml or b"<f>" in xml or b"<f " in xml


def _unread_cells(xml: bytes) -> list[tuple[int, int, str]]:
    """Return (row, column, text), zero-based, of error cells and of formulas that have no cached value."""
    if not _has_unread(xml):
        return []
    found = []
    for _, cell in etree.iterparse(BytesIO(xml), tag=_MAIN + "c", resolve_entities=False, no_network=True):
        value, formula = cell.findtext(_MAIN + "v"), cell.find(_MAIN + "f")
        if cell.get("t") == "e" or (formula is not None and not value and cell.get("t") != "str"):
            place = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r") or "")
            if place:
                found.append((int(place[2]) - 1, column_number(place[1]) - 1, value or UNCACHED_FORMULA))
        cell.clear()
    return found


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _part_names(data: bytes) -> dict[str, str]:
    """Return sheet title → name of its XML part, by the workbook's relationships."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        try:
            book = etree.fromstring(archive.read("xl/workbook.xml"), parser)
            links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
        except (KeyError, etree.XMLSyntaxError):
            return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    return {
        sheet.get("name", ""): _absolute(targets.get(sheet.get(_DOCUMENT + "id"), ""))
        for sheet in book.iter(_MAIN + "sheet")
    }


def _absolute(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else "xl/" + target


def _properties(data: bytes) -> tuple[str, bool]:
    """Return the last saving time that the file itself states, as text or "", and whether it holds macros."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        has_macros = "xl/vbaProject.bin" in archive.namelist()
        try:
            found = _MODIFIED.search(archive.read("docProps/core.xml"))
        except KeyError:
            return "", has_macros
    return found[1].decode("ascii", "replace") if found else "", has_macros
