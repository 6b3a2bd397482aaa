"""Over the summer: the first month of a 学年 beside the last of the one before, a grade lower (contract §5, §8.4)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from helpers.changes import Change, in_grade, share
from helpers.running import drop_child, month_of, run_month, school_sheet, sheet
from helpers.small import NAMES
from pipeline import cli
from pipeline.publishing.balance import balances, beside_classes
from pipeline.result import Result
from schemas import rules
from schemas.codes import Status

JUNE, SEPTEMBER, OCTOBER = "2026-06", "2026-09", "2026-10"


def _summer(base: Path, before: Change, after: Change) -> Result:
    run_month(base, month_of(JUNE, before))
    return run_month(base, month_of(SEPTEMBER, after))


def _missing(result: Result) -> list[tuple[str, str]]:
    return [(i.sheet, str(i.words["name"])) for i in result.issues if i.rule is rules.VANISHED]


def test_a_class_that_moves_up_whole_tells_nothing(tmp_path: Path) -> None:
    result = _summer(tmp_path, in_grade("三年级"), in_grade("四年级"))
    assert _missing(result) == []
    (own,) = balances(result)
    assert (own.before, own.after, own.difference, own.moves) == (3, 3, 0, ())
    assert beside_classes(result) == []


def test_who_is_missing_after_the_summer_is_named_and_stays(tmp_path: Path) -> None:
    result = _summer(tmp_path, in_grade("三年级"), in_grade("四年级", change=lambda plain: drop_child(plain, NAMES[0])))
    assert _missing(result) == [("学生档案", NAMES[0])]
    assert share(result, "巩固率") == (2, 3)
    (own,) = balances(result)
    assert (own.before, own.after, own.difference) == (3, 3, 0)
    assert "三年级(2)班" in next(i.sentence for i in result.issues if i.rule is rules.VANISHED)


def test_who_is_registered_under_the_class_of_before_or_now_has_left(tmp_path: Path) -> None:
    for number, name in enumerate(("三年级(2)班", "四年级(2)班")):

        def leave(plain: dict[str, Any], name: str = name) -> None:
            drop_child(plain, NAMES[0])
            row = {"日期": date(2026, 9, 2), "学生姓名": NAMES[0], "异动类型": "转出", "班级": name, "接收校确认": "是"}
            school_sheet(plain, "学籍异动").append(row)

        result = _summer(tmp_path / str(number), in_grade("三年级"), in_grade("四年级", change=leave))
        assert _missing(result) == []
        assert share(result, "巩固率") == (2, 2)
        assert [own.difference for own in balances(result)] == [0]


def test_a_class_that_is_no_more_belongs_to_its_grade(tmp_path: Path) -> None:
    """Its children who are in another class are found; the others are told to the school and stay in its figures."""
    result = _summer(tmp_path, in_grade("三年级"), in_grade("四年级", 1, lambda plain: drop_child(plain, NAMES[0])))
    assert _missing(result) == [("班级一览", NAMES[0])]
    assert share(result, "巩固率") == (2, 3)
    told = [(own.label, own.before, own.after, own.difference) for own in (*balances(result), *beside_classes(result))]
    assert told == [("", 0, 2, 0), ("未定班", 1, 1, 0), ("原2班", 2, 0, 0)]
    later = run_month(tmp_path, month_of(OCTOBER, in_grade("四年级", 1, lambda plain: drop_child(plain, NAMES[0]))))
    assert _missing(later) == [("班级一览", NAMES[0])]
    assert share(later, "巩固率") == (2, 3)
    found = run_month(tmp_path, month_of("2026-11", in_grade("四年级", 1)))
    assert _missing(found) == []
    assert share(found, "巩固率") == (3, 3)


def test_who_has_come_to_the_end_of_the_school_leaves_silently(tmp_path: Path) -> None:
    for grade, then in (("九年级", "三年级"), ("六年级", "三年级")):
        base = tmp_path / grade
        result = _summer(base, in_grade(grade), in_grade(then, change=_other_children))
        assert _missing(result) == []
        assert [(own.label, own.before, own.after) for own in beside_classes(result)] == [("毕业2班", 3, 0)]


def _other_children(plain: dict[str, Any]) -> None:
    for serial, pupil in enumerate(plain["classes"][0]["sheets"]["学生档案"], start=1):
        pupil.update(
            {"姓名": f"赵小{'甲乙丙'[serial - 1]}", "学籍号": "", "身份证号": "", "出生日期": date(2016, 5, serial)}
        )
    for title in ("联系卡", "结对帮扶", "谈心记录", "家校联系", "成长记录", "关爱服务"):
        plain["classes"][0]["sheets"][title] = []


def test_a_sixth_grade_goes_on_where_there_is_a_seventh(tmp_path: Path) -> None:
    def with_seventh(plain: dict[str, Any]) -> None:
        school_sheet(plain, "班级一览").append({"年级": "七年级", "班级": 1, "班主任": "陈老师", "学生总数": 30})

    result = _summer(
        tmp_path,
        in_grade("六年级"),
        in_grade("三年级", change=lambda plain: (with_seventh(plain), _other_children(plain))),
    )
    assert _missing(result) == [("班级一览", name) for name in NAMES]
    assert share(result, "巩固率") == (3, 6)


def test_who_graduated_from_the_sixth_grade_and_goes_on_here_is_not_asked_about(tmp_path: Path) -> None:
    """Of one who stands in the same grade once more, with an old workbook, it is asked."""

    def graduate(plain: dict[str, Any]) -> None:
        for row in sheet(plain, "学生档案"):
            row.update({"学籍状态": "毕业", "状态日期": date(2026, 6, 28)})

    for grade, count in (("七年级", 0), ("六年级", 3)):
        result = _summer(tmp_path / grade, in_grade("六年级", change=graduate), in_grade(grade))
        assert [i.rule for i in result.issues].count(rules.STANDS_AGAIN) == count


def test_what_was_settled_holds_to_the_end_of_the_year(tmp_path: Path) -> None:
    """休学 of last spring has to be said again; who has left for good is asked for no more."""
    for kind, names in (("休学", [NAMES[0]]), ("死亡", [])):

        def leave(plain: dict[str, Any], kind: str = kind) -> None:
            drop_child(plain, NAMES[0])
            row = {"日期": date(2026, 6, 9), "学生姓名": NAMES[0], "异动类型": kind, "班级": "三年级(2)班"}
            school_sheet(plain, "学籍异动").append(row)

        base = tmp_path / kind
        run_month(base, month_of("2026-05", in_grade("三年级")))
        result = _summer(
            base, in_grade("三年级", change=leave), in_grade("四年级", change=lambda plain: drop_child(plain, NAMES[0]))
        )
        assert [name for _, name in _missing(result)] == names
        status = result.merged.tables["pupils"].values["status"]
        assert (Status.LEFT_UNSETTLED in set(status)) is bool(names)


def test_a_class_that_comes_late_is_laid_beside_last_year(tmp_path: Path) -> None:
    """No workbook in September: compared in October, with June."""
    run_month(tmp_path, month_of(JUNE, in_grade("三年级")))
    nothing = month_of(SEPTEMBER, in_grade("四年级"))
    nothing["classes"] = []
    run_month(tmp_path, nothing)
    result = run_month(
        tmp_path, month_of(OCTOBER, in_grade("四年级", change=lambda plain: drop_child(plain, NAMES[1])))
    )
    assert _missing(result) == [("学生档案", NAMES[1])]


def test_his_page_goes_over_the_summer(tmp_path: Path) -> None:
    _summer(tmp_path, in_grade("三年级"), in_grade("四年级"))
    assert cli.main(["child", "--name", NAMES[0], "--output", str(tmp_path / "output")]) == 0
    (path,) = (tmp_path / "output").glob("*/*.xlsx")
    texts = {str(cell.value) for row in load_workbook(path).active.iter_rows() for cell in row}
    assert any("2026-06、2026-09" in text for text in texts)


def test_june_made_anew_marks_september_as_old(tmp_path: Path) -> None:
    _summer(tmp_path, in_grade("三年级"), in_grade("四年级"))
    result = run_month(tmp_path, month_of(JUNE, in_grade("三年级", change=lambda plain: drop_child(plain, NAMES[0]))))
    assert SEPTEMBER in result.remarks
