"""Files that are damaged, doubled, foreign, or say of themselves what is not so."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from plants.base import CARDS, CLASS_FILE, PUPILS, SCHOOL_FILE, Opened, Plant, cell, on_cover, on_files, on_sheet
from schemas import rules
from schemas.tables import FIRST_DATA_ROW


def files_changed() -> Iterator[Plant]:
    yield from on_files("file_formats", lambda folder: (folder / CLASS_FILE).rename(folder / "三年级2班.xls"))
    yield from on_files(
        "file_macros",
        lambda folder: _with_part(folder / CLASS_FILE, "xl/vbaProject.bin", b"x"),
        (rules.HAS_MACROS, "", ""),
    )
    yield from on_files("file_archive", _zipped)
    yield from on_files("file_lock", lambda folder: (folder / f"~${CLASS_FILE}").write_bytes(b"x") and None)
    yield from on_files("file_password", _encrypted, (rules.PASSWORD, "", ""))
    for name, junk in (
        ("三班.rar", b"Rar!\x1a\x07\x01\x00"),
        ("照片.png", b"\x89PNG\r\n\x1a\n\x00"),
        ("读我.txt", "请先看这里".encode()),
    ):
        yield from on_files("file_other", _added(name, junk), (rules.NO_WORKBOOK, "", ""))
    for junk in (b"<html><table></table>", b"PK\x03\x04 half", b"\x89PNG\r\n\x1a\n\x00"):
        yield from on_files("file_damaged", _added("坏.xlsx", junk), (rules.DAMAGED, "", ""))
    yield from on_files("file_hostile", _bomb, (rules.TOO_LARGE, "", ""))
    for code in ("utf-8-sig", "gb18030"):
        text = "日期,学生姓名,谈心人\r\n2026-10-08,李小禾,王老师\r\n"
        yield from on_files("file_csv", _added("谈心.csv", text.encode(code)), (rules.NOT_OURS, "", ""))
    yield from on_files("file_not_ours", _foreign, (rules.NOT_OURS, "", ""))
    yield from on_files("file_twice", _again_as("副本.xlsx"), (rules.SAME_FILE_TWICE, "", ""))
    yield from on_files("file_later", _later, (rules.TWO_FILES_LATER, "", ""))
    yield from on_files("file_tied", _tied, *[(rules.TWO_FILES_UNDECIDED, "", "")] * 2)
    yield from on_files("file_two_classes", _of_two_classes, *[(rules.ONE_CLASS_TWICE, "填表说明", "B7")] * 2)
    yield from on_cover("file_month", "报送月份", "2026-09", "B5")
    yield from on_cover("file_school", "学校标识码", "5299009999", "B4")
    yield from on_cover("file_no_code", "学校标识码", None, "B4")
    yield from on_cover("file_cover", "班主任", None, "B8")
    yield from on_sheet("file_roster", PUPILS, _of_a_county, (rules.TOO_MANY_PUPILS, PUPILS, ""))
    for key, label, value, told in (
        ("file_meta", "month", "2026-09", (rules.META_DIFFERS, "填表说明", "")),
        ("file_old", "version", "0", (rules.OLDER_TEMPLATE, "", "")),
        ("file_new", "version", "9", (rules.NEWER_TEMPLATE, "", "")),
    ):
        yield from on_sheet(key, "_meta", _noted(label, value), told)
    yield from on_cover("file_other_head", "班主任", "陈老师", "B8")
    unlisted = on_cover("file_not_listed", "班级", 5, "B7")
    yield from unlisted
    yield from on_files(
        "file_no_school", lambda folder: (folder / SCHOOL_FILE).unlink(), (rules.NO_SCHOOL_WORKBOOK, "", "")
    )


def _of_two_classes(folder: Path) -> None:
    """Another workbook of the class, whose children are all others."""
    book = load_workbook(folder / CLASS_FILE)
    sheet = book[PUPILS]
    for row in range(FIRST_DATA_ROW, sheet.max_row + 1):
        if sheet.cell(row, 1).value:
            sheet.cell(row, 1).value = f"卫小{'坡岭川溪谷'[row % 5]}"
    book.save(folder / "另一班.xlsx")


def _of_a_county(sheet: Worksheet) -> None:
    for number in range(2_001):
        sheet.cell(FIRST_DATA_ROW + number, 1, "周小溪")


def _with_part(path: Path, name: str, data: bytes) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, data)


def _added(name: str, data: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(data) and None


def _zipped(folder: Path) -> None:
    with zipfile.ZipFile(folder / "班级.zip", "w") as archive:
        archive.write(folder / CLASS_FILE, CLASS_FILE)
    (folder / CLASS_FILE).unlink()


def _encrypted(folder: Path) -> None:
    """A compound file that says EncryptedPackage, as Excel writes for a workbook with a password."""
    head = bytes.fromhex("D0CF11E0A1B11AE1")
    (folder / "密.xlsx").write_bytes(head + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(512))


def _bomb(folder: Path) -> None:
    with zipfile.ZipFile(folder / "大.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(60 * 2**20))


def _foreign(folder: Path) -> None:
    book = Workbook()
    book.active["A1"] = "购物清单"
    book.save(folder / "其他.xlsx")


def _again_as(name: str) -> Callable[[Path], None]:
    return lambda folder: shutil.copy(folder / CLASS_FILE, folder / name) and None


def _saved(path: Path, when: datetime, *, spoilt: bool = False) -> None:
    """Save a workbook with a stated time (openpyxl states its own, so that the part is rewritten)."""
    if spoilt:
        with Opened(path) as book:
            book[CARDS][cell(CARDS, "家庭地址")].value = "别处"
    with zipfile.ZipFile(path) as archive:
        parts = {item.filename: archive.read(item) for item in archive.infolist()}
    core = parts["docProps/core.xml"]
    start = core.index(b">", core.index(b"<dcterms:modified")) + 1
    end = core.index(b"<", start)
    parts["docProps/core.xml"] = core[:start] + when.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + core[end:]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def _later(folder: Path) -> None:
    shutil.copy(folder / CLASS_FILE, folder / "从前.xlsx")
    _saved(folder / "从前.xlsx", datetime(2026, 10, 1), spoilt=True)
    _saved(folder / CLASS_FILE, datetime(2026, 10, 2))


def _tied(folder: Path) -> None:
    shutil.copy(folder / CLASS_FILE, folder / "另一份.xlsx")
    _saved(folder / "另一份.xlsx", datetime(2026, 10, 1), spoilt=True)
    _saved(folder / CLASS_FILE, datetime(2026, 10, 1))


def _noted(label: str, value: str) -> Callable[[Worksheet], None]:
    def work(sheet: Worksheet) -> None:
        found = next((row[0] for row in sheet.iter_rows(max_col=1) if row[0].value == label), None)
        row = found.row if found is not None else sheet.max_row + 1
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = label, value

    return work
