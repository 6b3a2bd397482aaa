"""What newer months say of the children of a class, as its template has to have it (contract §8.4, §8.5)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from helpers.changes import CLASS, in_grade, two_classes
from helpers.running import drop_child, month_of, run_month, school_sheet, sheet
from helpers.small import NAMES, id_card
from pipeline.model import Month
from pipeline.months.history import read_history
from pipeline.months.since import looking_like, since_then
from pipeline.months.snapshots import Snapshot
from pipeline.months.summer import promoted

PLACE = (3, 2)


def _months(base: Path, to: str) -> tuple[Snapshot, ...]:
    return tuple(read_history(base / "output" / to, Month.parse(to)).snapshots)


def _number(at: int) -> dict[str, str]:
    number = id_card(date(2016, 3, 1), at)
    return {"身份证号": number, "学籍号": f"G{number}"}


def test_a_row_in_error_of_a_month_that_is_over_is_no_word(tmp_path: Path) -> None:
    """The class was silent, and one of two rows is sound: he has left in its template, as the month after will say."""

    def silent(plain: dict[str, Any]) -> None:
        plain["classes"].clear()
        row = {"日期": date(2026, 10, 15), "学生姓名": NAMES[0], "班级": CLASS, "接收校确认": "是"}
        school_sheet(plain, "学籍异动").extend([{**row, "异动类型": "走了"}, {**row, "异动类型": "转出"}])

    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", silent))
    newest, known = _months(tmp_path, "2026-11")
    assert [said.status for said in since_then(PLACE, known, [newest, known]).left.values()] == ["转出已确认"]


def test_what_put_a_missing_child_in_doubt_is_over_with_its_month(tmp_path: Path) -> None:
    """One of two rows was sound when his class's workbook lacked him: silent after, it has him as one who has left."""

    def lacks_him(plain: dict[str, Any]) -> None:
        del sheet(plain, "学生档案")[0]
        row = {"日期": date(2026, 10, 15), "学生姓名": NAMES[0], "班级": CLASS, "接收校确认": "是"}
        school_sheet(plain, "学籍异动").extend([{**row, "异动类型": "走了"}, {**row, "异动类型": "转出"}])

    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", lacks_him))
    run_month(tmp_path, month_of("2026-11", lambda plain: plain["classes"].clear()))
    months = _months(tmp_path, "2026-12")
    assert [said.status for said in since_then(PLACE, months[1], months).left.values()] == ["转出已确认"]


def test_who_came_into_another_silent_class_is_no_slip_of_the_pen(tmp_path: Path) -> None:
    """On the day on which one goes another comes, by his name alone, whom the month before knew: they are two."""

    def silent(plain: dict[str, Any]) -> None:
        two_classes(plain)
        row = {"日期": date(2026, 10, 15), "学生姓名": NAMES[0], "班级": CLASS, "异动类型": "休学"}
        came = {**row, "学生姓名": plain["classes"][1]["sheets"]["学生档案"][0]["姓名"], "异动类型": "返校"}
        plain["classes"].clear()
        school_sheet(plain, "学籍异动").extend([row, {**came, "班级": "三年级(3)班"}])

    run_month(tmp_path, month_of("2026-09", two_classes))
    run_month(tmp_path, month_of("2026-10", silent))
    newest, known = _months(tmp_path, "2026-11")
    assert [said.status for said in since_then(PLACE, known, [newest, known]).left.values()] == ["休学"]


def test_who_had_left_by_the_summer_is_in_no_template(tmp_path: Path) -> None:
    """The class is silent in September, whose 学籍异动 says that he drops out: as of every child whom nobody knows."""

    def left(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案")[0] |= {"学籍状态": "转出已确认", "状态日期": date(2027, 6, 5)}

    def silent(plain: dict[str, Any]) -> None:
        in_grade("四年级")(plain)
        plain["classes"].clear()
        row = {"日期": date(2027, 9, 5), "学生姓名": NAMES[0], "异动类型": "辍学", "班级": "四年级(2)班"}
        school_sheet(plain, "学籍异动").append(row)

    run_month(tmp_path, month_of("2027-06", left))
    run_month(tmp_path, month_of("2027-09", silent))
    history = read_history(tmp_path / "output" / "2027-10", Month(2027, 10))
    (june,) = promoted(history.last_year, {(4, 2)})
    assert len(june.children) == 3
    assert since_then((4, 2), june, [*history.snapshots, june]).left == {}


def test_two_rows_of_one_child_are_no_namesakes(tmp_path: Path) -> None:
    """Two classes list him, then one has another number: whom the template leaves out looks like that row."""

    def twice(plain: dict[str, Any]) -> None:
        two_classes(plain)
        plain["classes"][1]["sheets"]["学生档案"].append(dict(sheet(plain, "学生档案")[0]))

    def renumbered(plain: dict[str, Any]) -> None:
        twice(plain)
        drop_child(plain, NAMES[0])
        plain["classes"][1]["sheets"]["学生档案"][-1].update(_number(71))

    run_month(tmp_path, month_of("2026-09", twice))
    run_month(tmp_path, month_of("2026-10", renumbered))
    assert [*looking_like(PLACE, _months(tmp_path, "2026-11")).values()] == ["三年级(3)班"]


def test_who_is_kept_by_absence_stands_beside_nobody(tmp_path: Path) -> None:
    """A number changes in silence twice: neither of the old ones is put back beside the row that is there."""
    run_month(tmp_path, month_of("2026-09"))
    for month, at in (("2026-10", 71), ("2026-11", 72)):
        run_month(tmp_path, month_of(month, lambda plain, at=at: sheet(plain, "学生档案")[0].update(_number(at))))
    assert len(looking_like(PLACE, _months(tmp_path, "2026-12"))) == 2


def test_namesakes_who_stood_side_by_side_are_two(tmp_path: Path) -> None:
    """Two of one name, born on one day, sat in one class: when one goes missing, the other is not him."""

    def both(plain: dict[str, Any]) -> None:
        two_classes(plain)
        plain["classes"][1]["sheets"]["学生档案"].append(sheet(plain, "学生档案")[0] | _number(71))

    def one(plain: dict[str, Any]) -> None:
        both(plain)
        drop_child(plain, NAMES[0])

    run_month(tmp_path, month_of("2026-09", both))
    run_month(tmp_path, month_of("2026-10", one))
    assert looking_like(PLACE, _months(tmp_path, "2026-11")) == {}


def test_a_corrected_number_leaves_him_to_the_class_that_asks_for_him(tmp_path: Path) -> None:
    """Another class had him by his new number, and fell silent before 信息更正 told it: one template holds him."""

    def moved(plain: dict[str, Any]) -> None:
        two_classes(plain)
        plain["classes"][1]["sheets"]["学生档案"].append(sheet(plain, "学生档案")[0] | _number(71))
        drop_child(plain, NAMES[0])

    def silent(plain: dict[str, Any]) -> None:
        moved(plain)
        del plain["classes"][1]

    def told(plain: dict[str, Any]) -> None:
        old = sheet(plain, "学生档案")[0]["身份证号"]
        silent(plain)
        row = {"日期": date(2026, 12, 5), "学生姓名": NAMES[0], "班级": CLASS, "异动类型": "信息更正"}
        school_sheet(plain, "学籍异动").append(row | {"身份证号": _number(71)["身份证号"], "原证件号": old})

    run_month(tmp_path, month_of("2026-09", two_classes))
    for month, change in (("2026-10", moved), ("2026-11", silent), ("2026-12", told)):
        run_month(tmp_path, month_of(month, change))
    months = _months(tmp_path, "2027-01")
    assert looking_like(PLACE, months) == {}
    assert [*since_then((3, 3), months[2], months).moved.values()].count(CLASS) == 1
