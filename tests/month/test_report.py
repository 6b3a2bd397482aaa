"""The whole run, from filled templates to the files that people open."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.drawing import draw_month
from helpers.running import RunMonth
from helpers.small import NAMES
from pipeline.cli import main
from pipeline.keeping.store import replacing
from pipeline.model import Month
from pipeline.report import report, work_out
from pipeline.stages.collect import collect
from schemas import rules
from schemas.bureau_words import ORDER

OCTOBER = Month(2026, 10)


def _report(folder: Path, month: dict[str, Any], out: str = "out") -> Path:
    draw_month(folder / "in", month)
    target = folder / out / "2026-10"
    report(collect(folder / "in"), OCTOBER, target)
    return target


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != "run.json"
    }


def test_a_clean_month_has_no_error_and_reaches_every_target(month: dict[str, Any], run: RunMonth) -> None:
    """Nothing is found in a clean class, and each of the targets is n = N."""
    result = run(month)
    assert [i for i in result.issues if i.rule.level != rules.NOTE] == []
    school = result.measured.measures.query("level == 'school' and over == 'L'").set_index("figure")
    for figure in ("archived", "in_school", "kept", "complete", "talked", "visited", "rows_clean"):
        assert school.at[figure, "n"] == school.at[figure, "N"] > 0


def test_the_bureau_gets_its_sheets_and_no_child(month: dict[str, Any], tmp_path: Path) -> None:
    """The sheets stand in the order of the layout in force; no name, number, phone or address of the truth is in any part."""
    del month["classes"][0]["sheets"]["谈心记录"][0]
    target = _report(tmp_path, month)
    path = target / "上报" / "5299001234_示例县云溪镇中心学校（虚构）_2026-10.xlsx"
    book = openpyxl.load_workbook(path, data_only=True)
    assert tuple(book.sheetnames) == (*ORDER, "_meta")
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["_meta"]
    said = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    pupils = month["classes"][0]["sheets"]["学生档案"]
    secret = {str(p[key]) for p in pupils for key in ("姓名", "身份证号", "学籍号")} | {
        "李老根",
        "19900000003",
        "清水村一组",
    }
    assert not {text for text in said for word in secret if word in text}
    assert "李**" in said


def test_two_runs_give_the_same_bytes(month: dict[str, Any], tmp_path: Path) -> None:
    """The same input gives the same workbooks, also over the first report."""
    month["classes"][0]["sheets"]["学生档案"][0]["民族"] = "火星族"
    first = _tree(_report(tmp_path, month))
    assert _tree(_report(tmp_path, month)) == first
    assert _tree(_report(tmp_path, month, "other")) == first


def test_the_teacher_gets_the_own_workbook_back_marked(month: dict[str, Any], tmp_path: Path) -> None:
    """The bad cell is filled and commented, the letter links to it, and the rest is as it was; mended, it is clean."""
    month["classes"][0]["sheets"]["学生档案"][1]["民族"] = "火星族"
    target = _report(tmp_path, month)
    path = target / "退回" / "班级00.xlsx"
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == "退回说明"
    cell = book["学生档案"]["F5"]
    assert cell.value == "火星族"
    assert cell.fill.fgColor.rgb == "FFF4B6B6"
    assert "火星族" in cell.comment.text
    links = [c.hyperlink.location for row in book["退回说明"].iter_rows() for c in row if c.hyperlink]
    assert links == ["'学生档案'!F5"]
    before = openpyxl.load_workbook(tmp_path / "in" / "班级00.xlsx")
    assert len(book["学生档案"].data_validations.dataValidation) == len(
        before["学生档案"].data_validations.dataValidation
    )
    cell.value = "苗族"
    book.save(tmp_path / "in" / "班级00.xlsx")
    result = work_out(collect(tmp_path / "in"), OCTOBER)
    assert [i.rule.code for i in result.issues if i.rule.level != rules.NOTE] == []


def test_a_stray_lock_and_a_broken_file_cost_no_one_else(month: dict[str, Any], tmp_path: Path) -> None:
    """~$ files are passed over; a file that can't be opened is one error, and no target is met while it lies there."""
    draw_month(tmp_path / "in", month)
    (tmp_path / "in" / "~$班级00.xlsx").write_bytes(b"lock")
    (tmp_path / "in" / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    result = work_out(collect(tmp_path / "in"), OCTOBER)
    assert [(i.rule, i.cell) for i in result.issues] == [(rules.DAMAGED, "")]
    assert result.passed_over_count == 1
    assert not result.turnout.is_complete


def test_a_crash_leaves_the_old_report(month: dict[str, Any], tmp_path: Path) -> None:
    """What fails while writing leaves the previous report whole and nothing half made beside it."""
    target = _report(tmp_path, month)
    before = _tree(target)
    with pytest.raises(RuntimeError), replacing(target) as staging:
        (staging / "half.xlsx").write_bytes(b"half")
        raise RuntimeError
    assert _tree(target) == before
    assert [p.name for p in target.parent.iterdir() if p.name.startswith((".making", ".old"))] == []


def test_a_run_killed_between_the_renames_is_mended(month: dict[str, Any], tmp_path: Path) -> None:
    """An old report that was moved aside comes back at the next run, even one that fails."""
    target = _report(tmp_path, month)
    before = _tree(target)
    target.rename(target.parent / ".old-2026-10")
    with pytest.raises(RuntimeError), replacing(target):
        raise RuntimeError
    assert _tree(target) == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["report", "--month", "2026-13"], 2),
        (["report", "--month", "2026-10", "--input", "nowhere"], 2),
    ],
)
def test_what_can_not_be_done_is_one_sentence(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 2, one sentence, no traceback."""
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == code
    told = capsys.readouterr().err.strip()
    assert len(told.splitlines()) == 1
    assert told.endswith("。")


def test_a_broken_plan_stops_the_run(month: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Weights that do not sum to 100 are told with their sheet and row, exit 2, and nothing is written."""
    item = {"编号": "K1", "项目": "建档率", "指标": "建档率", "计分方式": "比率", "满分": 90}
    month["plan"] = {"sheets": {"班级考核": [item]}}
    draw_month(tmp_path / "in", month)
    assert (
        main(["report", "--month", "2026-10", "--input", str(tmp_path / "in"), "--output", str(tmp_path / "out")]) == 2
    )
    assert "90" in capsys.readouterr().err
    assert not (tmp_path / "out" / "2026-10").exists()


def test_strict_tells_by_its_exit_code(month: dict[str, Any], tmp_path: Path) -> None:
    """--strict is 1 where there is an error, 0 where there is none."""
    arguments = [
        "report",
        "--strict",
        "--month",
        "2026-10",
        "--input",
        str(tmp_path / "in"),
        "--output",
        str(tmp_path / "o"),
    ]
    draw_month(tmp_path / "in", month)
    assert main(arguments) == 0
    month["classes"][0]["sheets"]["谈心记录"][0]["日期"] = date(2026, 12, 1)
    draw_month(tmp_path / "in", month)
    assert main(arguments) == 1


def test_run_json_names_no_child(month: dict[str, Any], tmp_path: Path) -> None:
    """run.json says what ran on what, and nothing about a person."""
    month["classes"][0]["sheets"]["谈心记录"][0]["学生姓名"] = "李小河"
    text = (_report(tmp_path, month) / "数据" / "run.json").read_text("utf-8")
    facts = json.loads(text)
    assert {f["form"] for f in facts["files"]} == {"class_workbook", "school_workbook"}
    assert facts["problems_by_rule"]["E301"] == 1
    assert not [name for name in (*NAMES, "李小河", "王老师", "清水村") if name in text]


def test_python_m_is_the_same_command() -> None:
    """`python -m pipeline --help` speaks Chinese and ends well."""
    done = subprocess.run([sys.executable, "-m", "pipeline", "--help"], capture_output=True, text=True, check=True)
    assert "report" in done.stdout
