"""Run months one after the other into one output folder, as a school does."""

from __future__ import annotations

import copy
import hashlib
import io
import shutil
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from helpers.drawing import draw_month
from helpers.small import small_month
from pipeline.keeping.snapshot import snapshot_frames
from pipeline.keeping.store import put_all, put_data, put_facts, replacing
from pipeline.model import Month
from pipeline.months.history import read_history
from pipeline.months.run_file import mark_outdated
from pipeline.report import report, work_out
from pipeline.result import Result
from pipeline.stages.collect import bytes_again, collect
from pipeline.stages.hand_back import hand_back

RunMonth = Callable[[dict[str, Any]], Result]
DATED = ("日期", "检查日期")
TEACHING_DAY = 12


def month_of(text: str, change: Callable[[dict[str, Any]], None] = lambda plain: None) -> dict[str, Any]:
    """Return the small month as another month: its records and checks moved there, then changed by a test."""
    plain = copy.deepcopy(small_month())
    plain["month"] = text
    year, number = int(text[:4]), int(text[5:])
    for book in (plain["school"], *plain["classes"]):
        book["cover"] = {**book["cover"], "报送月份": text}
        for rows in book["sheets"].values():
            for row in rows:
                for key in DATED:
                    if key in row:
                        row[key] = date(year, number, TEACHING_DAY)
    change(plain)
    return plain


def run_month(base: Path, plain: Mapping[str, Any], *, whole: bool = False) -> Result:
    """Draw a month's workbooks and leave its data below `base`/output (`whole`: its report); return the result."""
    text = str(plain["month"])
    inbox = base / "input" / text
    shutil.rmtree(inbox, ignore_errors=True)
    draw_month(inbox, plain)
    return rerun(base, text) if whole else _data_of(base, plain)


class _Kept(NamedTuple):
    """What a month left: its result, and its folder, packed."""

    result: Result
    output: bytes


_AT_HAND = 24  # months; one is sixteen thousand objects for the collector to look at
_worked: dict[str, _Kept] = {}  # the one asked for last stands last


def _data_of(base: Path, plain: Mapping[str, Any]) -> Result:
    """Return what a month leaves; the same workbooks after the same months are worked out once, their data laid again."""
    output = base / "output"
    lying = [(str(p), p.read_bytes()) for p in sorted(output.rglob("*")) if p.is_file() and p.suffix != ".lock"]
    key = hashlib.sha256(repr((plain, [(name[len(str(base)) :], data) for name, data in lying])).encode()).hexdigest()
    if key in _worked:
        shutil.rmtree(output, ignore_errors=True)
        _worked[key] = _worked.pop(key)
        with tarfile.open(fileobj=io.BytesIO(_worked[key].output)) as packed:
            packed.extractall(base, filter="data")
        return _worked[key].result
    result = worked_out(base, str(plain["month"]))
    packing = io.BytesIO()
    with tarfile.open(fileobj=packing, mode="w") as packed:
        packed.add(output, "output")
    _worked[key] = _Kept(result, packing.getvalue())
    if len(_worked) > _AT_HAND:
        del _worked[next(iter(_worked))]
    return result


def worked_out(base: Path, text: str) -> Result:
    """Do what `report` does, without the workbooks: they take most of the time and say nothing to later months."""
    month, target = Month.parse(text), base / "output" / text
    with replacing(target) as staging:
        result = work_out(collect(base / "input" / text), month, history=read_history(target, month))
        put_facts(staging, result, put_data(staging, result, snapshot_frames(result)))
    told = tuple(name for name, _ in mark_outdated(target, month))
    return replace(result, remarks=(*result.remarks, *told))


def handed_back(inbox: Path, month: Month, target: Path) -> Result:
    """Do what `report` does up to what goes back to the teachers, without the workbooks that nobody hands in again."""
    remarks: list[str] = []
    with replacing(target) as staging:
        result = work_out(collect(inbox), month, history=read_history(target, month))
        put_all(staging, dict(hand_back(result, lambda file: bytes_again(file, inbox), remarks.append)))
        put_facts(staging, result, put_data(staging, result, snapshot_frames(result)))
    return replace(result, remarks=(*result.remarks, *remarks))


def look(base: Path, text: str) -> Result:
    """Work out a month whose files lie there, and write nothing."""
    month = Month.parse(text)
    return work_out(collect(base / "input" / text), month, history=read_history(base / "output" / text, month))


def rerun(base: Path, text: str) -> Result:
    """Write the report of a month whose files lie there."""
    result, _ = report(collect(base / "input" / text), Month.parse(text), base / "output" / text)
    return result


def sheet(plain: dict[str, Any], title: str, number: int = 0) -> list[dict[str, Any]]:
    """Return the rows of a class's sheet, to be changed."""
    rows: list[dict[str, Any]] = plain["classes"][number]["sheets"].setdefault(title, [])
    return rows


def school_sheet(plain: dict[str, Any], title: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet of the school's workbook, to be changed."""
    rows: list[dict[str, Any]] = plain["school"]["sheets"].setdefault(title, [])
    return rows


def drop_child(plain: dict[str, Any], name: str) -> None:
    """Take a child out of every sheet of the first class."""
    for title, rows in plain["classes"][0]["sheets"].items():
        rows[:] = [row for row in rows if row.get("姓名" if title == "学生档案" else "学生姓名") != name]
