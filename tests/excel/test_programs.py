"""One class workbook, saved by other programs, gives identical tables."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from helpers.by_hand import fill_by_hand
from helpers.small import small_month
from pipeline.excel.reading import read_book
from pipeline.excel.xlsb import with_full_cells
from pipeline.filled import Filled
from pipeline.model import Month
from pipeline.stages.collect import collect
from pipeline.stages.normalise import normalise
from pipeline.stages.read import read
from schemas import rules
from schemas.cells import CellError
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.file_endings import SPREADSHEETS

OCTOBER = Month(2026, 10)
SCRIPT = Path(__file__).parent / "other_programs.mjs"


def tables_of(path: Path) -> dict[str, Filled]:
    """Return the class tables of one file, which must tell nothing above a note."""
    folder = path.parent / f"alone-{path.name}"
    folder.mkdir()
    shutil.copy(path, folder)
    submissions, issues = read(collect(folder).files, OCTOBER)
    tables, found = normalise(submissions, CLASS_WORKBOOK, OCTOBER)
    assert [i.sentence for i in issues + found if i.rule.level != rules.NOTE] == []
    return tables


def _assert_alike(found: dict[str, Filled], wanted: dict[str, Filled]) -> None:
    for key, filled in wanted.items():
        assert len(filled.values) == len(found[key].values), key
        pd.testing.assert_frame_equal(found[key].values, filled.values)
        pd.testing.assert_frame_equal(found[key].faulty, filled.faulty)


def _filled(tmp_path: Path, name: str) -> Path:
    """Fill a class workbook by hand, with a rare character and texts that look like numbers and dates."""
    book = small_month()["classes"][0]
    book["sheets"]["学生档案"][0] |= {"姓名": name, "备注": "12E5", "兴趣爱好": "1/2"}
    for rows in list(book["sheets"].values())[1:]:
        for row in rows:
            if row.get("学生姓名") == "李小禾":
                row["学生姓名"] = name
    path = tmp_path / "三年级2班.xlsx"
    fill_by_hand(path, "班级月报", book)
    return path


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """A class workbook with a character beyond the BMP."""
    return _filled(tmp_path, "𠮷小禾")


def _by_openpyxl(path: Path, out: Path) -> None:
    openpyxl.load_workbook(path).save(out)


def _sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book if sheet.sheet_state == "visible"}


def _by_pandas(path: Path, out: Path) -> None:
    with pd.ExcelWriter(out, engine="openpyxl") as writer:
        for title, rows in _sheets(path).items():
            frame = pd.DataFrame(rows, dtype=object)
            frame.to_excel(writer, sheet_name=title, index=False, header=False)


def _by_xlsxwriter(path: Path, out: Path) -> None:
    with xlsxwriter.Workbook(str(out), {"strings_to_formulas": False, "default_date_format": "yyyy/m/d"}) as book:
        for title, rows in _sheets(path).items():
            sheet = book.add_worksheet(title)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)


@pytest.mark.parametrize("save", [_by_openpyxl, _by_pandas, _by_xlsxwriter], ids=lambda save: save.__name__[4:])
def test_a_workbook_saved_by_a_library_reads_alike(save: Callable[[Path, Path], None], original: Path) -> None:
    """Saved again by openpyxl, pandas or XlsxWriter, with other date formats, the tables are the same."""
    wanted = tables_of(original)
    out = original.with_name(f"{save.__name__}.xlsx")
    save(original, out)
    _assert_alike(tables_of(out), wanted)


def test_short_cells_of_a_binary_workbook_are_written_out() -> None:
    """A cell without a column stands right of the one before it; nothing else of the part changes."""
    row, cell, short = b"\x00\x02ab", b"\x07\x0c\x02\x00\x00\x00iiiissss", b"\x12\x08jjjjtttt"
    rest = b"\x81\x01\x00"
    given = _zipped(b"".join((row, short, row, cell, short, short, rest)))
    full = [bytes([7, 12, column, 0, 0, 0]) + b"jjjjtttt" for column in (0, 3, 4)]
    assert _unzipped(with_full_cells(given)) == b"".join((row, full[0], row, cell, full[1], full[2], rest))
    with pytest.raises(ValueError, match="beyond"):
        with_full_cells(_zipped(row + b"\x07\x40"))


def _zipped(part: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.bin", part)
    return out.getvalue()


def _unzipped(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("xl/worksheets/sheet1.bin")


# An ending that people hand in → how it is tried: saved by LibreOffice, or why it need not be.
BY_LIBREOFFICE = (".xlsx", ".xls", ".ods")
OTHERWISE = {
    ".xlsm": "content of .xlsx", ".xltx": "content of .xlsx", ".xltm": "content of .xlsx", ".xlt": "content of .xls",
    ".et": "content of .xls", ".ett": "content of .xls", ".xlsb": "written by JavaScript, below", ".csv": "told, not read",
}  # fmt: skip


def test_every_ending_is_tried() -> None:
    """A file type that is new is a case of `BY_LIBREOFFICE`, or says why not: no other test opens one of it."""
    assert {*BY_LIBREOFFICE, *OTHERWISE} == set(SPREADSHEETS), "say in this module how the new ending is tried"


@pytest.mark.slow
@pytest.mark.parametrize("ending", [ending[1:] for ending in BY_LIBREOFFICE])
def test_a_workbook_saved_by_libreoffice_reads_alike(ending: str, original: Path) -> None:
    """Needs LibreOffice on the machine."""
    _assert_alike(tables_of(_converted(original, ending)), tables_of(original))


def _converted(original: Path, ending: str) -> Path:
    """Return the workbook as LibreOffice saves it."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    out, profile = original.parent / "again", original.parent / "profile"
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", ending]
    subprocess.run([*command, "--outdir", out, original], check=True, capture_output=True)
    return out / f"{original.stem}.{ending}"


@pytest.mark.slow
@pytest.mark.parametrize("ending", [ending[1:] for ending in BY_LIBREOFFICE])
def test_errors_and_hidden_rows_survive_every_format(ending: str, tmp_path: Path) -> None:
    """An error value is a cell in error in every format, never an empty one; hidden rows of Excel's formats are known."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row, formula in enumerate(("=NA()", "=1/0", '=VALUE("x")', "=1+1"), start=1):
        sheet.cell(row, 2, formula)
    sheet.cell(6, 1, "末行")
    sheet.row_dimensions[5].hidden = True
    sheet.cell(5, 1, "藏")
    original = tmp_path / "错.xlsx"
    book.save(original)
    read = read_book(_converted(original, ending).read_bytes()).sheets[0]
    assert [isinstance(read.rows[row][1], CellError) for row in range(4)] == [True, True, True, False]
    assert ending not in ("xlsx", "xls") or 5 in read.hidden_rows


@pytest.mark.slow
def test_a_workbook_saved_by_javascript_reads_alike(tmp_path: Path) -> None:
    """Needs node and npm on the machine; SheetJS and ExcelJS are what web pages and WPS plug-ins write with."""
    if not shutil.which("npm"):
        pytest.skip("npm is not installed")
    original = _filled(tmp_path, "䶮小禾")  # SheetJS writes another character for 𠮷 into an ODS
    place = tmp_path / "node"
    place.mkdir()
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "xlsx@0.18.5", "exceljs@4.4.0"], cwd=place, check=True)
    out = tmp_path / "javascript"
    out.mkdir()
    subprocess.run(["node", SCRIPT, original, out], cwd=place, check=True)
    wanted = tables_of(original)
    for path in sorted(path for path in out.iterdir() if path.is_file()):
        _assert_alike(tables_of(path), wanted)
