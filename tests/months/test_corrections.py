"""信息更正: one row makes two numbers one person, in every month before and after (contract §8.5)."""

from __future__ import annotations

from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from helpers.changes import CLASS, Change, in_grade, share, told, two_classes
from helpers.running import drop_child, month_of, run_month, school_sheet, sheet
from helpers.small import NAMES, id_card, pupil
from pipeline.model import Month
from pipeline.months import absent
from pipeline.months.history import read_history
from pipeline.publishing.balance import balances
from pipeline.publishing.child import child_book
from pipeline.result import Result
from schemas import rules

OLD = pupil(NAMES[0], 1)["身份证号"]
NEW = id_card(date(2016, 3, 1), 71)


def _renumbered(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0].update({"身份证号": NEW, "学籍号": "G" + NEW})


def _says(old: str = OLD, **cells: Any) -> Change:
    def change(plain: dict[str, Any]) -> None:
        row = {"日期": date(2026, 11, 5), "学生姓名": NAMES[0], "身份证号": NEW, "异动类型": "信息更正", "班级": CLASS}
        school_sheet(plain, "学籍异动").append({**row, "原证件号": old, **cells})

    return change


def _both(*changes: Change) -> Change:
    def change(plain: dict[str, Any]) -> None:
        for one in changes:
            one(plain)

    return change


def _errors(result: Result) -> list[str]:
    return [issue.rule.code for issue in result.issues if issue.rule.level == rules.ERROR]


def test_without_it_the_one_has_vanished_and_the_other_is_asked_about(tmp_path: Path) -> None:
    run_month(tmp_path, month_of("2026-10"))
    result = run_month(tmp_path, month_of("2026-11", _renumbered))
    assert told(result) == ["E311", "W323"]
    (asked,) = [issue for issue in result.issues if issue.rule is rules.NUMBER_CORRECTED]
    assert (asked.sheet, asked.title) == ("学生档案", "身份证号")
    assert "信息更正" in asked.remedy and OLD not in asked.remedy and OLD[-4:] in asked.remedy


def test_with_it_both_numbers_are_one_child(tmp_path: Path) -> None:
    """In the month that says so, in those after, whatever he is called in the books, and on his page."""
    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10"))
    result = run_month(tmp_path, month_of("2026-11", _both(_renumbered, _says())))
    assert (told(result), _errors(result)) == ([], [])
    assert share(result, "巩固率") == (3, 3)
    assert [(own.before, own.after, own.moves) for own in balances(result)] == [(3, 3, ())]
    later = run_month(tmp_path, month_of("2026-12", _renumbered))
    assert (told(later), _errors(later), share(later, "巩固率")) == ([], [], (3, 3))
    history = read_history(tmp_path / "output" / "2027-01", Month.parse("2027-01"))
    page = child_book(history.snapshots, NAMES[0])
    assert page is not None and len(page.pages) == 1
    assert "2026-09、2026-10、2026-11、2026-12" in page.pages[0].line  # type: ignore[union-attr]


def test_the_old_number_typed_again_after_a_summer_is_still_his(tmp_path: Path) -> None:
    """An old archive copied out again, months or years later, makes nobody new: no month says so but the one long ago."""
    run_month(tmp_path, month_of("2025-10"))
    run_month(tmp_path, month_of("2025-11", _both(_renumbered, _says(日期=date(2025, 11, 5)))))
    run_month(tmp_path, month_of("2026-06", _renumbered))
    for month, grade in (("2026-09", "四年级"), ("2026-10", "四年级"), ("2027-09", "五年级")):
        result = run_month(tmp_path, month_of(month, in_grade(grade)))
        assert (told(result), _errors(result), share(result, "巩固率")) == ([], [], (3, 3)), month
        assert [own.moves for own in balances(result)] == [()]


def test_a_row_by_his_student_number_or_without_a_new_one_does_as_well(tmp_path: Path) -> None:
    """G carries the identity number; a row that names him alone means the one of that name in his class."""
    for number, says in enumerate((_says("G" + OLD), _says(身份证号=""))):
        base = tmp_path / str(number)
        run_month(base, month_of("2026-10"))
        result = run_month(base, month_of("2026-11", _both(_renumbered, says)))
        assert (told(result), _errors(result)) == ([], [])


def test_a_class_made_anew_over_the_summer_hides_nobody(tmp_path: Path) -> None:
    """三年级(2)班 is 四年级(3)班 now: he is asked about where he stands, and the row may say what his class was called."""
    says = _says(身份证号="", 日期=date(2026, 9, 6))
    run_month(tmp_path, month_of("2026-06"))
    asked = run_month(tmp_path, month_of("2026-09", in_grade("四年级", 3, _renumbered)))
    assert told(asked) == ["E311", "W323"]
    (missing,) = [issue for issue in asked.issues if issue.rule is rules.VANISHED]
    assert "四年级(3)班第 4 行的“李小禾”像是同一个人" in missing.sentence and "信息更正" in missing.remedy
    result = run_month(tmp_path, month_of("2026-09", in_grade("四年级", 3, _both(_renumbered, says))))
    assert (told(result), _errors(result), share(result, "巩固率")) == ([], [], (3, 3))


def test_whom_another_class_newly_has_is_compared_by_his_whole_name_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A school made anew has as many missing as new ones: names are weighed letter by letter within a class only."""
    weighed: list[str] = []

    def weigh(junk: None, name: str, other: str) -> SequenceMatcher[str]:
        weighed.append(name)
        return SequenceMatcher(junk, name, other)

    def anew(plain: dict[str, Any]) -> None:
        drop_child(plain, NAMES[0])
        sheet(plain, "学生档案").append(pupil("周小苗", 7))
        two_classes(plain)
        sheet(plain, "学生档案", 1).append(pupil("李小苗", 8))

    monkeypatch.setattr(absent, "SequenceMatcher", weigh)
    run_month(tmp_path, month_of("2026-10"))
    assert "E311" in told(run_month(tmp_path, month_of("2026-11", anew)))
    assert weighed == ["周小苗"]


def test_it_heals_a_month_that_took_him_for_two(tmp_path: Path) -> None:
    """October had him twice, one kept and one new; November says what happened, and nothing is run again."""
    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", _renumbered))
    result = run_month(tmp_path, month_of("2026-11", _both(_renumbered, _says())))
    assert (told(result), _errors(result)) == ([], [])
    assert share(result, "巩固率") == (3, 3)
    assert [own.difference for own in balances(result)] == [0]


def test_a_record_that_calls_him_by_the_old_number_is_his(tmp_path: Path) -> None:
    def by_the_old(plain: dict[str, Any]) -> None:
        sheet(plain, "谈心记录")[0]["学籍号"] = "G" + OLD

    result = run_month(tmp_path, month_of("2026-11", _both(_renumbered, _says(), by_the_old)))
    assert _errors(result) == []
    assert share(result, "谈心达标率") == (3, 3)


def test_a_correction_has_to_say_of_what(tmp_path: Path) -> None:
    result = run_month(tmp_path, month_of("2026-11", _both(_renumbered, _says(""))))
    (issue,) = [issue for issue in result.issues if issue.rule.level == rules.ERROR]
    assert (issue.sheet, issue.title) == ("学籍异动", "原证件号")


def test_a_corrected_name_is_told_once_and_settled_by_the_row(tmp_path: Path) -> None:
    def renamed(plain: dict[str, Any]) -> None:
        for title, rows in plain["classes"][0]["sheets"].items():
            for row in rows:
                key = "姓名" if title == "学生档案" else "学生姓名"
                if row.get(key) == NAMES[0]:
                    row[key] = "李小荷"

    for says, codes in ((None, ["W317"]), (_says(OLD, 学生姓名="李小荷", 身份证号=OLD), [])):
        base = tmp_path / str(bool(says))
        run_month(base, month_of("2026-10"))
        result = run_month(base, month_of("2026-11", _both(renamed, *([says] if says else []))))
        assert told(result) == codes
