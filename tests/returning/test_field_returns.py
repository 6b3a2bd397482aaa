"""Odd workbooks of the field: each comes back marked or as a filled template, and the month is as if it were plain."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.marks import letter_of, values
from helpers.places import FIELD
from pipeline.excel.annotate import annotate
from pipeline.excel.parts import Mark
from pipeline.model import Month
from pipeline.reading.fence import Trouble, fenced
from pipeline.reading.pool import read_now
from pipeline.report import report
from pipeline.stages.collect import collect
from schemas import letter_words as w
from schemas.rules import ERROR
from schemas.tables import RETURN_SHEET

OCTOBER = Month(2026, 10)
ONE_CLASS = "media_crc rels_comment wb_comment comments_no_authors fillid_out sheetview_quad12".split()
MARKABLE = ["one_row_element_per_cell", *ONE_CLASS]
STRICT = ["strict_crash", "strict_ns"]


def file_of(case: str) -> Path:
    """Return the one workbook of a case."""
    [path] = [*(FIELD / case).glob("*.xlsx"), *(FIELD / "one-class").glob(f"{case}.xlsx")]
    return path


@pytest.mark.parametrize("case", MARKABLE)
def test_it_is_marked_and_reads_as_before(case: str) -> None:
    """The cell that is there is marked, in the first data row and beyond the last; no value changes."""
    data = file_of(case).read_bytes()
    marks = (Mark("学生档案", 4, 8, ERROR, "【错误】"), Mark("学生档案", 90, 3, ERROR, "【错误】"))
    done = annotate(data, marks, letter_of(marks), read_now)
    assert values(done) == values(data)
    if case == "one_row_element_per_cell":
        assert values(done)["学生档案"][3, 7] == "不知道"


@pytest.mark.parametrize("case", STRICT)
def test_strict_open_xml_is_not_patched(case: str) -> None:
    """Its names are other ones: the fresh template is the way back."""
    marks = (Mark("学生档案", 4, 8, ERROR, "【错误】"),)
    assert isinstance(fenced(lambda: annotate(file_of(case).read_bytes(), marks, letter_of(marks), read_now)), Trouble)


def inbox_of(case: str, folder: Path) -> Path:
    """Lay a case's file where its README says: in place of its namesake, or as the class that is missing."""
    path = file_of(case)
    school = FIELD / ("good-school" if path.parent.name == case else "one-class/school")
    shutil.copytree(school, folder)
    shutil.copyfile(path, folder / path.name)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("case", ["good-school/一.1班留守儿童.xlsx", *MARKABLE, *STRICT])
def test_the_month_is_as_if_the_file_were_plain(case: str, tmp_path: Path) -> None:
    """A report; the class is counted; what comes back can be opened, and says so where it is not the own workbook."""
    if "/" in case:
        shutil.copytree(FIELD / "good-school", tmp_path / "in")
    else:
        inbox_of(case, tmp_path / "in")
    result, _ = report(collect(tmp_path / "in"), OCTOBER, tmp_path / "2026-10")
    assert {c.state for c in result.turnout.classes} == {"已交"}
    school = result.measured.measures.query("level == 'school' and over == 'L'").set_index("figure")
    n, total = {True: (25, 42), False: (22, 32)}[case in ONE_CLASS or case == "strict_ns"]
    n -= case == "one_row_element_per_cell"  # whose child is in error
    assert (school.at["archived", "n"], school.at["archived", "N"]) == (n, total)
    name = Path(case).name if "/" in case else file_of(case).name
    assert [name in remark for remark in result.remarks] == [True] * (case in STRICT)
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "2026-10" / "退回" / name).read_bytes()))
    assert book.sheetnames[0] == RETURN_SHEET
    if case == "one_row_element_per_cell":
        sheet = book["学生档案"]
        assert (sheet["H4"].value, sheet["H4"].fill.fgColor.rgb, bool(sheet["H4"].comment)) == (
            "不知道",
            "FFF4B6B6",
            True,
        )
    if case in STRICT:
        assert any(w.HOW_TO_ODD in str(cell.value) for row in book[RETURN_SHEET].iter_rows(max_row=8) for cell in row)
        assert len(list(_filled(book["学生档案"]))) > 8


def _filled(sheet: Any) -> list[Any]:
    return [row for row in sheet.iter_rows(min_row=4, max_col=1, values_only=True) if row[0]]
