"""Who is missing and why: what 学籍异动 settles, and whom it does not mean."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from helpers.changes import CLASS, share, two_classes
from helpers.measuring import measures_of
from helpers.running import drop_child, month_of, run_month, school_sheet, sheet
from helpers.small import NAMES, pupil
from pipeline.keeping.snapshot import as_snapshot, snapshot_frames

LEFT = date(2026, 10, 15)


def _leaves(plain: dict[str, Any], name: str = NAMES[0], **cells: Any) -> None:
    row = {"日期": LEFT, "学生姓名": name, "异动类型": "转出", "班级": CLASS, "接收校确认": "是"}
    school_sheet(plain, "学籍异动").append({**row, **cells})


def test_who_is_kept_keeps_his_cells(tmp_path: Path) -> None:
    """Two classes listed him (an error at his number), then neither: our template has his number, as it was typed."""

    def twice(plain: dict[str, Any]) -> None:
        two_classes(plain)
        sheet(plain, "学生档案", 1).append(dict(sheet(plain, "学生档案")[0]))

    def neither(plain: dict[str, Any]) -> None:
        two_classes(plain)
        drop_child(plain, NAMES[0])

    run_month(tmp_path, month_of("2026-09", twice))
    kept = run_month(tmp_path, month_of("2026-10", neither))
    (row,) = [row for row in as_snapshot(kept, snapshot_frames(kept)).as_typed("pupils") if row["name"] == NAMES[0]]
    assert row["id_card"] == pupil(NAMES[0], 1)["身份证号"]


def test_what_the_class_that_he_left_did_with_him_counts(tmp_path: Path) -> None:
    """His row has moved on the 20th; talks, calls and card in the old workbook are his, and no error there."""

    def moves(plain: dict[str, Any]) -> None:
        two_classes(plain)
        row = sheet(plain, "学生档案").pop(0)
        sheet(plain, "学生档案", 1).append({**row, "入班方式": "转入", "入班日期": date(2026, 10, 20)})

    run_month(tmp_path, month_of("2026-09", two_classes))
    result = run_month(tmp_path, month_of("2026-10", moves), whole=True)
    told_of = {issue.rule.code for issue in result.issues if issue.rule.level != "提示"}
    assert told_of == {"W309"}  # 班级一览 declares one child too many
    here = [figure for _, unit, figure in measures_of(result) if unit == "三年级(3)班"]
    assert "联系卡更新率" not in here  # he came less than 15 days before the month's end
    assert measures_of(result)["class", "三年级(3)班", "建档率"] == (1, 2)
    assert measures_of(result)["class", "三年级(3)班", "监护人会率"] == (1, 2)
    assert measures_of(result)["class", "三年级(3)班", "教师结对率"] == (0, 2)
    (path,) = (tmp_path / "output" / "2026-10" / "下月模板").glob("三年级(3)班*.xlsx")
    assert NAMES[0] in [row[0].value for row in load_workbook(path)["联系卡"].iter_rows()]


def test_who_is_registered_out_and_in_again_has_not_left(tmp_path: Path) -> None:
    """A move within the school, registered as 转出 and 转入, and forgotten by the new class: he is asked for."""

    def moves(plain: dict[str, Any]) -> None:
        two_classes(plain)
        drop_child(plain, NAMES[0])
        _leaves(plain)
        _leaves(plain, 异动类型="转入", 班级="三年级(3)班", 接收校确认=None)

    run_month(tmp_path, month_of("2026-09", two_classes))
    result = run_month(tmp_path, month_of("2026-10", moves))
    (issue,) = [issue for issue in result.issues if issue.rule.code == "E311"]
    assert "转入（返校）到“三年级(3)班”" in issue.sentence
    assert share(result, "巩固率") == (3, 4)


def test_a_number_tells_namesakes_apart_when_one_of_them_has_moved(tmp_path: Path) -> None:
    """His records in the old workbook bear his 学籍号 and are his; without it nobody can say whose they are."""
    mover, stays = pupil(NAMES[0], 1), pupil(NAMES[0], 21)

    def both(plain: dict[str, Any]) -> None:
        two_classes(plain)
        sheet(plain, "学生档案").append({**stays, "档案编号": "2026-0021"})
        for rows in plain["classes"][0]["sheets"].values():
            for row in rows:
                if row.get("学生姓名") == NAMES[0]:
                    row["学籍号"] = mover["学籍号"]

    def moves(plain: dict[str, Any], number: Any = mover["学籍号"]) -> None:
        both(plain)
        row = sheet(plain, "学生档案").pop(0)
        sheet(plain, "学生档案", 1).append({**row, "入班方式": "转入", "入班日期": date(2026, 10, 20)})
        for own in sheet(plain, "家校联系"):
            own["学籍号"] = number if own["学生姓名"] == NAMES[0] else None

    run_month(tmp_path, month_of("2026-09", both))
    result = run_month(tmp_path, month_of("2026-10", moves))
    assert [issue.rule.code for issue in result.issues if issue.rule.level == "错误"] == []
    assert measures_of(result)["class", "三年级(3)班", "监护人会率"] == (1, 2)
    result = run_month(tmp_path, month_of("2026-10", lambda plain: moves(plain, None)))
    assert {issue.rule.code for issue in result.issues if issue.rule.level == "错误"} == {"E209"}
    assert measures_of(result)["class", "三年级(2)班", "监护人会率"] == (2, 3)
