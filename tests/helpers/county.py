"""A few invented schools of a county: their bureau workbooks, and their folders of class workbooks."""

from __future__ import annotations

import html
import io
import os
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from drawn.month import random_month
from helpers.drawing import draw_month
from helpers.measuring import result_of
from helpers.running import month_of
from pipeline.county import batch as batch_module
from pipeline.excel.render import write_book
from pipeline.publishing.bureau import bureau_book
from pipeline.result import Result
from schemas.identity import check_digit

MONTH = "2026-10"
CODES = ("5299000001", "5299000002", "5299000003", "5299000004")
PLACES = {
    CODES[0]: ("甲县", "东镇"),
    CODES[1]: ("甲县", "西镇"),
    CODES[2]: ("乙县", "南镇"),
    CODES[3]: ("乙县", "南镇"),
}


@lru_cache
def school_result(code: str) -> Result:
    """Return an invented month of a school."""
    number = CODES.index(code)
    result = result_of(random_month(Random(number), month=MONTH, mess=(0.0, 0.05)[number % 2]))
    return replace(result, school_code=code, school_name=f"虚构第{number + 1}学校")


def write_bureau(folder: Path, codes: Sequence[str]) -> list[Path]:
    """Write the bureau workbooks of some schools."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{code}_虚构_{MONTH}.xlsx" for code in codes]
    for path, code in zip(paths, codes, strict=True):
        write_book(path, bureau_book(school_result(code)))
    came(folder)
    return paths


def came(folder: Path, day: str = "2026-11-04") -> None:
    """Let every file of a folder have been written at noon of a day: by that a school is in time or late."""
    noon = datetime.fromisoformat(f"{day}T12:00").timestamp()
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (noon, noon))


def write_list(path: Path, codes: Sequence[str]) -> Path:
    """Write an 应交学校.xlsx as a clerk would: a title above, numbers as numbers."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["应交学校名单"])
    sheet.write_row(1, 0, ["学校标识码", "学校名称", "区县", "乡镇"])
    for row, code in enumerate(codes, start=2):
        county, town = PLACES.get(code, ("甲县", "北镇"))
        sheet.write_row(row, 0, [int(code), f"虚构第{code[-1]}学校", county, town])
    book.close()
    return path


def write_folders(root: Path, codes: Sequence[str]) -> None:
    """Write the class workbooks of some schools, a folder each."""
    for code in codes:
        plain = month_of(MONTH)
        draw_month(root / code, as_school(plain, code))
    came(root)


def do_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do the schools of a batch here: where faults can be planted, and no process has to start."""
    monkeypatch.setattr(batch_module, "do_here", lambda jobs, work, workers: map(work, jobs))


def as_school(plain: dict[str, Any], code: str) -> dict[str, Any]:
    """Give a month to a school: its cover, and children who are nobody else's."""
    for book in (plain["school"], *plain["classes"]):
        book["cover"] = {**book["cover"], "学校标识码": code, "学校名称": f"虚构第{code[-1]}学校"}
    for row in (row for book in plain["classes"] for row in book["sheets"]["学生档案"]):
        first = f"{row['身份证号'][:14]}{code[-1]}{row['身份证号'][15:17]}"
        row["身份证号"] = first + check_digit(first)
        row["学籍号"] = "G" + row["身份证号"]
    return plain


def with_cell(workbook: Path, sheet: str, cell: str, value: Any) -> bytes:
    """Return a workbook with one number replaced in its XML, as an editor that keeps everything else would."""
    number = load_workbook(workbook).sheetnames.index(sheet) + 1
    out = io.BytesIO()
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == f"xl/worksheets/sheet{number}.xml":
                pattern = rf'(<c r="{cell}"[^>]*>(?:<f>.*?</f>)?<v>)[^<]*(</v>)'.encode()
                data, count = re.subn(pattern, rb"\g<1>" + str(value).encode() + rb"\g<2>", data)
                assert count == 1
            new.writestr(info, data)
    return out.getvalue()


def notice_text(folder: Path) -> list[str]:
    """Return the paragraphs of the notice in a folder but those of its tables, from its XML alone."""
    xml = re.sub(r"<w:tbl>.*?</w:tbl>", "", _notice(folder), flags=re.S)
    return [text for text in map(_text, re.findall(r"<w:p[ >].*?</w:p>", xml, flags=re.S)) if text]


def notice_tables(folder: Path) -> list[list[list[str]]]:
    """Return the tables of the notice in a folder: rows of cells; a line break is a blank."""
    return [
        [[_text(cell) for cell in re.findall(r"<w:tc>.*?</w:tc>", row, flags=re.S)] for row in _rows(table)]
        for table in re.findall(r"<w:tbl>.*?</w:tbl>", _notice(folder), flags=re.S)
    ]


def _rows(table: str) -> list[str]:
    return re.findall(r"<w:tr[ >].*?</w:tr>", table, flags=re.S)


def _notice(folder: Path) -> str:
    (path,) = folder.glob("通报_*.docx")
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").decode()


def _text(xml: str) -> str:
    told = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml.replace("<w:br/>", "<w:t> </w:t>"))
    return html.unescape("".join(told))


def cells_of(workbook: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every cell of a workbook by sheet, the hidden ones too: all but where its links lead."""
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(workbook)}
