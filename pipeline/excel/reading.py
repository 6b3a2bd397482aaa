"""Read a workbook's cells as typed, with their addresses. Imports no heavy library, so that it starts at once.

python-calamine reads the values; a second look of our own, format by format, puts in what it does not show: error
values, formulas without a result, hidden rows, struck-out text, and days counted from 1904.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import python_calamine
from lxml import etree

from pipeline.excel import biff, second_look, xlsb
from pipeline.excel.guard import COLUMN_LIMIT, ROW_LIMIT, Refused, check_archive, content_type
from pipeline.excel.ods import error_cells, without_breaks
from pipeline.excel.package import Package, plainly_written, with_known_errors
from schemas.cells import CellError, Number1904
from schemas.tables import LIVE_SHEET, SO_FAR_SHEET


@dataclass(frozen=True)
class RawSheet:
    """One sheet as typed. `rows[0][0]` is A1; `merged`: zero-based (first row, first column, last row, last column).

    `hidden_rows` are Excel's numbers; `struck`: zero-based (row, column) of cells with text that is struck out.
    """

    title: str
    rows: list[list[Any]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    is_visible: bool = True
    struck: frozenset[tuple[int, int]] = frozenset()

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
    if form == "password":
        return replace(read_book(_opened(data), row_limit), form="protected")
    if form == "ooxml":
        return _read_ooxml(data, row_limit)
    if form == "ods":
        return _read_ods(data, row_limit)
    if form == "ole2":
        return _read_ole2(data, row_limit)
    raise Refused(form)


def _opened(data: bytes) -> bytes:
    """Return what Excel shows without asking: a workbook protected with the password that Excel itself brings along."""
    from pipeline.excel.secret import BUILT_IN_PASSWORD, decrypted_with  # heavy, and hardly ever needed

    return decrypted_with(data, BUILT_IN_PASSWORD)


def _read_ooxml(data: bytes, row_limit: int) -> RawBook:
    """Read an OOXML workbook. What the reader does not open is given to it once more, as most programs write it."""
    package = Package(data, check_archive(data, row_limit))
    try:
        return _ooxml_book(data, row_limit, package)
    except Refused as refusal:
        if refusal.reason not in _PERHAPS_ODD or package.is_binary:
            raise
        try:
            plain = plainly_written(package)
            plain_package = Package(plain, check_archive(plain, row_limit))
            book = _ooxml_book(with_known_errors(plain), row_limit, plain_package)
        except etree.XMLSyntaxError:
            raise refusal from None
        except Refused as again:
            raise refusal if again.reason in _PERHAPS_ODD else again from None
    return replace(book, saved_at=package.saved_at, has_macros=package.has_macros)


def _ooxml_book(data: bytes, row_limit: int, package: Package) -> RawBook:
    try:
        if package.is_binary:
            return _read_xlsb(data, row_limit, package)
        sheets = _calamine_sheets(data, row_limit)
        sheets = [_looked_at(sheet, package) for sheet in sheets]
        return _book(sheets, "ooxml", package.counts_from_1904, package.saved_at, package.has_macros)
    except (ValueError, etree.XMLSyntaxError):
        raise Refused("damaged") from None
    except python_calamine.CalamineError:
        raise Refused(_reason(data, "ooxml")) from None


def _read_xlsb(data: bytes, row_limit: int, package: Package) -> RawBook:
    full = xlsb.with_full_cells(data)
    sheets = _calamine_sheets(full, row_limit)
    looks = xlsb.looked(package if full is data else Package(full, {}))
    sheets = [_with_errors(s, looks.errors.get(s.title, {}), looks.hidden_rows.get(s.title, ())) for s in sheets]
    return _book(sheets, "ooxml", looks.counts_from_1904, package.saved_at, package.has_macros)


def _read_ods(data: bytes, row_limit: int) -> RawBook:
    """Read an ODS. The reader takes no line breaks between the tags, as some libraries write them."""
    check_archive(data, row_limit)
    try:
        sheets = _calamine_sheets(data, row_limit)
    except (ValueError, python_calamine.CalamineError):
        with suppress(ValueError, python_calamine.CalamineError):
            data = without_breaks(data)
            return _ods_book(_calamine_sheets(data, row_limit), data)
        raise Refused(_reason(data, "ods")) from None
    return _ods_book(sheets, data)


def _ods_book(sheets: list[RawSheet], data: bytes) -> RawBook:
    looks = error_cells(data)
    return _book([_with_errors(s, looks.errors.get(s.title, {}), ()) for s in sheets], "ods", looks.counts_from_1904)


def _read_ole2(data: bytes, row_limit: int) -> RawBook:
    try:
        sheets = _calamine_sheets(data, row_limit)
    except ValueError:
        raise Refused("damaged") from None
    except python_calamine.CalamineError:
        reason = _reason(data, "ole2")
        if reason == "password":
            return replace(read_book(_opened(data), row_limit), form="protected")
        raise Refused(reason) from None
    looks = biff.looked(data)
    sheets = [_with_errors(s, looks.errors.get(s.title, {}), looks.hidden_rows.get(s.title, ())) for s in sheets]
    return _book(sheets, "ole2", looks.counts_from_1904)


def _book(
    sheets: list[RawSheet], form: str, counts_from_1904: bool, saved_at: str = "", has_macros: bool = False
) -> RawBook:
    if not sheets:
        raise Refused("no_sheets")
    if counts_from_1904:
        sheets = [replace(sheet, rows=[_from_1904(row) for row in sheet.rows]) for sheet in sheets]
    return RawBook(tuple(sheets), form, saved_at, has_macros)


def _from_1904(row: list[Any]) -> list[Any]:
    return [Number1904(cell) if type(cell) is float else cell for cell in row]


_GREATEST, _NO_NUMBER = 1e300, "#NUM!"
_PERHAPS_ODD = ("damaged", "odd_parts", "no_sheets")  # why a workbook that is only written in an odd way is refused
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
            if meta.typ != python_calamine.SheetTypeEnum.WorkSheet or meta.name in (LIVE_SHEET, SO_FAR_SHEET):
                continue  # what our own sheets work out says nothing
            sheet = book.get_sheet_by_name(meta.name)
            merged = tuple((r1, c1, r2, c2) for (r1, c1), (r2, c2) in (sheet.merged_cell_ranges or ()))
            rows = _real(_within_limits(sheet.to_python(skip_empty_area=False), row_limit))
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


def _real(rows: list[list[Any]]) -> list[list[Any]]:
    """Return rows in which a number that is none (NaN, infinite, more than Excel knows) is a cell in error."""
    if not [cell for row in rows for cell in row if type(cell) is float and not -_GREATEST < cell < _GREATEST]:
        return rows
    return [[CellError(_NO_NUMBER) if _is_unreal(cell) else cell for cell in row] for row in rows]


def _is_unreal(cell: Any) -> bool:
    return type(cell) is float and not -_GREATEST < cell < _GREATEST


def _looked_at(sheet: RawSheet, package: Package) -> RawSheet:
    """Return a sheet with what the second look found. Raises Refused where its XML can't be found."""
    xml = package.sheet_xml(sheet.title)
    if xml is None:
        raise Refused("odd_parts")
    looked = second_look.look(xml, package.struck_styles, package.struck_strings)
    rows = second_look.reconciled(sheet.rows, looked, lambda: package.shared.texts)
    return replace(sheet, rows=rows, hidden_rows=frozenset(looked.hidden_rows), struck=frozenset(looked.struck))


def _with_errors(sheet: RawSheet, errors: dict[tuple[int, int], str], hidden_rows: Iterable[int]) -> RawSheet:
    """Return a sheet with its error values put in where the reader shows an empty cell."""
    found = {place: CellError(text) for place, text in errors.items()}
    return replace(
        sheet,
        rows=second_look.with_cells(sheet.rows, found) if found else sheet.rows,
        hidden_rows=frozenset(hidden_rows),
    )
