"""An invented county of thirty schools whose troubles are known: drawn as a table, published by the pipeline itself.

Two small months are worked out; the schools are these with other names and other counts.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import xlsxwriter
from openpyxl import load_workbook

from drawn.month import random_month
from helpers.county import MONTH, with_cell
from helpers.measuring import result_of
from pipeline.excel.render import write_book
from pipeline.model import Month
from pipeline.publishing.bureau import bureau_book
from pipeline.result import Result

BEFORE = "2026-09"
DRAWN = """
  no  town  came    trouble            figures
   1  东镇  11-03   -                  talked-1
   2  东镇  11-03   -                  talked-1
   3  东镇  11-05   -                  -
   4  东镇  11-06   -                  talked-1 visited-1
   5  东镇  11-08   -                  archived-1
   6  东镇  11-04   partial            talked-1
   7  西镇  11-04   partial            archived-1
   8  西镇  11-02   tampered           -
   9  西镇  11-02   other_month        -
  10  西镇  11-02   double             -
  11  西镇  -       absent             -
  12  西镇  -       absent             -
  13  南镇  11-01   -                  talked-5
  14  南镇  11-01   -                  talked-5 visited-5
  15  南镇  11-01   -                  kept-2
  16  南镇  11-01   foot               talked-1
  17  南镇  11-01   -                  talked-2
  18  南镇  11-01   -                  rows_clean-60 talked-1
  19  北镇  11-01   -                  -
  20  北镇  11-01   moved              talked-1
  21  北镇  11-01   -                  archived-1
  22  北镇  11-01   -                  called-1
  23  北镇  11-01   -                  growth-1
  24  北镇  11-01   -                  visited-1
  25  北镇  11-01   -                  in_school-1
  26  北镇  11-01   -                  study_plan-1
  27  北镇  11-01   -                  talked-1
  28  北镇  11-01   -                  archived-1
  29  北镇  11-01   -                  mother_paired-1
  30  北镇  12-01   -                  visited-1
"""
"""`came`: the day on which the school handed in; `figures`: what it lacks, the rest is done in full."""


@dataclass(frozen=True)
class Drawn:
    """A row of the county as drawn."""

    number: int
    town: str
    came: str
    trouble: str
    short: Mapping[str, int]

    @property
    def code(self) -> str:
        return f"52990001{self.number:02d}"

    @property
    def name(self) -> str:
        return f"虚构{self.town}第{self.number}小学"


def drawn(numbers: Sequence[int] = ()) -> list[Drawn]:
    """Return the schools of the county, or those of some numbers."""
    rows = [line.split(maxsplit=4) for line in DRAWN.strip().splitlines()[1:]]
    found = [Drawn(int(no), town, came, trouble, _short(text)) for no, town, came, trouble, text in rows]
    return [school for school in found if not numbers or school.number in numbers]


def _short(text: str) -> dict[str, int]:
    return {} if text == "-" else {key: int(count) for key, count in (part.split("-") for part in text.split())}


def _plain() -> dict[str, Any]:
    return random_month(Random(10), month=MONTH, classes=4, children=8, doubles=False) | {"plan": None}


def secrets() -> set[str]:
    """Return the names, numbers and telephones of the children behind all of these schools, and what was written."""
    found: set[str] = set()
    for sheet in (sheet for book in _plain()["classes"] for sheet in book["sheets"].values()):
        for row in sheet:
            found |= {str(row[title]) for title in _SECRET if row.get(title)}
    return {text for text in found if len(text) > 1}


_SECRET = (
    "姓名",
    "学籍号",
    "身份证号",
    "父亲电话",
    "母亲电话",
    "监护人电话",
    "监护人姓名",
    "家庭地址",
    "主要内容",
    "备注",
)


@lru_cache
def _base(*, is_partial: bool) -> Result:
    """Return a small month: of four classes, all in or three of them."""
    plain = _plain()
    if is_partial:
        plain["classes"] = plain["classes"][:-1]
    return result_of(plain)


def _counted(result: Result, short: Mapping[str, int]) -> Result:
    """Return a month in which every figure is done in full but for what is lacking, class by class and in the sums."""
    frame = result.measured.measures.copy()
    over = frame["over"].eq("L")
    frame.loc[over, "n"] = frame.loc[over, "N"]
    for figure, count in short.items():
        own = frame[over & frame["figure"].eq(figure)]
        left = count
        for row in own.index[own["level"].eq("class")]:
            took = min(left, int(frame.at[row, "N"]))
            _take(frame, own, row, took)
            left -= took
        if left:
            frame.loc[own.index[own["level"].eq("school")], "n"] -= left
    return replace(result, measured=replace(result.measured, measures=frame))


def _take(frame: pd.DataFrame, own: pd.DataFrame, row: int, took: int) -> None:
    frame.at[row, "n"] -= took
    alike = own["level"].eq("grade") & own["grade"].eq(own.at[row, "grade"]) | own["level"].eq("school")
    frame.loc[own.index[alike], "n"] -= took


def result_for(school: Drawn, month: str = MONTH) -> Result:
    """Return the month of a school as drawn."""
    base = _counted(_base(is_partial=school.trouble == "partial"), school.short)
    stated = "2026-08" if school.trouble == "other_month" and month == MONTH else month
    found = replace(base, school_code=school.code, school_name=school.name, month=Month.parse(stated))
    if school.trouble == "foot":
        heads = base.measured.heads.copy()
        heads.loc[heads.index[0], "is_boarder"] += 1
        found = replace(found, measured=replace(found.measured, heads=heads))
    return found


def write_county(folder: Path, schools: Sequence[Drawn]) -> None:
    """Write the workbooks of a month as the schools sent them, each with the time at which it came."""
    folder.mkdir(parents=True, exist_ok=True)
    for school in schools:
        if school.trouble == "absent":
            continue
        path = folder / f"{school.code}_{school.name}_{MONTH}.xlsx"
        write_book(path, bureau_book(result_for(school)))
        if school.trouble == "tampered":
            path.write_bytes(with_cell(path, "目标达成", cell_of(path, "目标达成", "建档率", "达成数"), 987))
        if school.trouble == "double":
            write_book(
                folder / f"{school.code}_再报.xlsx", bureau_book(result_for(replace(school, short={"called": 2})))
            )
        for own in folder.glob(f"{school.code}_*"):
            noon = datetime.fromisoformat(f"2026-{school.came}T12:00").timestamp()
            os.utime(own, (noon, noon))


def cell_of(path: Path, sheet: str, row: str, head: str) -> str:
    """Return the address of the cell below a head, in the row that begins with a word."""
    cells = load_workbook(path)[sheet]
    column = next(cell.column_letter for line in cells.iter_rows() for cell in line if cell.value == head)
    return f"{column}{next(cell.row for cell in cells['A'] if cell.value == row)}"


def write_before(folder: Path, schools: Sequence[Drawn]) -> None:
    """Write the workbooks of the month before: nothing was lacking but classes of one; who is absent now was so then."""
    folder.mkdir(parents=True, exist_ok=True)
    for school in (s for s in schools if s.trouble != "absent"):
        whole = replace(school, short={}, trouble="partial" if school.number == 6 else "-")
        write_book(folder / f"{school.code}.xlsx", bureau_book(result_for(whole, BEFORE)))


def write_due(path: Path, schools: Sequence[Drawn], *, dated: Sequence[int] = (), county: str = "") -> Path:
    """Write 应交学校.xlsx; of the schools in `dated` with the day on which they handed in."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["学校标识码", "学校名称", "乡镇", "收到日期", "区县"])
    for row, school in enumerate(schools, start=1):
        day = f"2026-{school.came}" if school.number in dated else ""
        sheet.write_row(row, 0, [school.code, school.name, school.town, day, county])
    book.close()
    return path
