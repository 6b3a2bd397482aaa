"""Month after month: nothing is deleted by absence, and what went otherwise is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from helpers.beside import beside, measures_beside, told_beside
from helpers.changes import CLASS, TOLD, Change, moved, share, tick, told, two_classes, without
from helpers.running import drop_child, month_of, run_month, school_sheet, sheet
from helpers.small import NAMES, card, id_card, pupil
from schemas.defects import OVER_MONTHS

IN_OCTOBER = date(2026, 10, 20)
DEPARTURES = (  # what is registered, then 巩固率 and 谈心达标率 of a class of three
    (moved("转出", IN_OCTOBER, 接收校确认="是"), (2, 2), (2, 2)),
    (moved("转出", IN_OCTOBER, 接收校确认="否"), (2, 3), (2, 2)),
    (moved("转出", IN_OCTOBER), (2, 3), (2, 2)),
    (moved("休学", IN_OCTOBER), (3, 3), (2, 2)),
    (moved("疑似辍学", IN_OCTOBER), (3, 3), (2, 3)),
    (moved("辍学", IN_OCTOBER), (2, 3), (2, 2)),
    (moved("毕业", IN_OCTOBER), (3, 3), (2, 2)),
    (moved("死亡", IN_OCTOBER), (2, 2), (2, 2)),
)


def test_a_departure_explains_an_absence_to_the_end_of_the_year(tmp_path: Path) -> None:
    """The latest row of 学籍异动 gives the status; it holds for the months after, with no message."""
    run_month(tmp_path, beside(month_of("2026-09") for _ in DEPARTURES))
    for result in (
        run_month(tmp_path, beside(month_of("2026-10", change) for change, *_ in DEPARTURES)),
        run_month(tmp_path, beside(month_of("2026-11", without()) for _ in DEPARTURES)),
    ):
        assert told(result) == []
        found = [measures_beside(result, number) for number in range(len(DEPARTURES))]
        assert [[own["巩固率"], own["谈心达标率"]] for own in found] == [shares for _, *shares in DEPARTURES]


NO_DEPARTURES = (
    {
        "日期": date(2026, 9, 20),
        "异动类型": "转出",
        "接收校确认": "是",
    },  # his class still had him at the end of September
    {"日期": IN_OCTOBER, "异动类型": "返校"},
    {"日期": IN_OCTOBER, "异动类型": "转出", "接收校确认": "是", "班级": "五年级(1)班"},
    {"日期": IN_OCTOBER, "异动类型": "转出", "接收校确认": "是", "学生姓名": NAMES[1]},
)


def test_what_is_no_departure_of_his_explains_nothing(tmp_path: Path) -> None:
    """An older row, a return, another class or another child: he is still vanished. His name alone in another may be he."""

    def change(row: dict[str, Any]) -> Change:
        def work(plain: dict[str, Any]) -> None:
            drop_child(plain, NAMES[0])
            school_sheet(plain, "学籍异动").append({"学生姓名": NAMES[0], "班级": CLASS, **row})

        return work

    run_month(tmp_path, beside(month_of("2026-09") for _ in NO_DEPARTURES))
    result = run_month(tmp_path, beside(month_of("2026-10", change(row)) for row in NO_DEPARTURES))
    found = [told_beside(result, number, TOLD) for number in range(len(NO_DEPARTURES))]
    assert found == [["E311"], ["E311"], ["E312"], ["E311", "N302"]], "the last row is another's, and settles his"
    assert told(result) == ["E311"] * 3 + ["E312", "N302"]


def test_a_class_move_is_no_absence(tmp_path: Path) -> None:
    """A child found in another class this month has not vanished, by whatever key he is known."""

    def move(plain: dict[str, Any]) -> None:
        two_classes(plain)
        row = {**sheet(plain, "学生档案")[0], "姓名": "李晓禾", "入班方式": "转入", "入班日期": date(2026, 10, 8)}
        drop_child(plain, NAMES[0])
        sheet(plain, "学生档案", 1).append(row)

    run_month(tmp_path, month_of("2026-09", two_classes))
    result = run_month(tmp_path, month_of("2026-10", move))
    assert told(result) == ["W317"]  # his name is not what it was
    assert share(result, "巩固率") == (4, 4)


def test_a_class_that_is_not_there_is_due_still(tmp_path: Path) -> None:
    """A class that neither 班级一览 nor any file names keeps every target open; not so one whose children moved."""
    run_month(tmp_path, month_of("2026-09"))

    def other_class(plain: dict[str, Any]) -> None:
        plain["classes"][0]["cover"]["班级"] = 3
        school_sheet(plain, "班级一览")[0]["班级"] = 3

    def another(plain: dict[str, Any]) -> None:
        other_class(plain)
        plain["classes"][0]["sheets"] = {"学生档案": [pupil("周小溪", 9)]}

    result = run_month(tmp_path, month_of("2026-10", another))
    assert told(result) == ["E313"]
    assert not result.turnout.is_complete
    assert [(c.place, c.state) for c in result.turnout.classes] == [((3, 2), "未交"), ((3, 3), "已交")]
    result = run_month(tmp_path, month_of("2026-10", other_class))
    assert told(result) == []
    assert result.turnout.is_complete


def _grow(plain: dict[str, Any]) -> None:
    for serial in (11, 12):
        name = f"周小{'溪河'[serial - 11]}"
        sheet(plain, "学生档案").append(pupil(name, serial))
        sheet(plain, "联系卡").append(card(name))


def _confirmed(plain: dict[str, Any]) -> None:
    row = {"日期": date(2026, 10, 20), "学生姓名": NAMES[0], "异动类型": "转出", "班级": CLASS, "接收校确认": "是"}
    school_sheet(plain, "学籍异动").append(row)


def _shrink(plain: dict[str, Any]) -> None:
    for name in NAMES[:2]:
        moved("转出", date(2026, 10, 20), 接收校确认="是")(plain) if name == NAMES[0] else drop_child(plain, name)
    row = {"日期": date(2026, 10, 20), "学生姓名": NAMES[1], "异动类型": "休学", "班级": CLASS}
    school_sheet(plain, "学籍异动").append(row)


def _other_sex(plain: dict[str, Any]) -> None:
    row = sheet(plain, "学生档案")[0]
    row.update({"性别": "女", "身份证号": ""})


def _another_number(plain: dict[str, Any]) -> None:
    own, other = (row["身份证号"] for row in sheet(plain, "学生档案")[:2])
    row = {"日期": date(2026, 10, 5), "学生姓名": NAMES[0], "身份证号": own, "异动类型": "信息更正", "班级": CLASS}
    school_sheet(plain, "学籍异动").append(row | {"原证件号": other})


def _by_another_number(plain: dict[str, Any]) -> None:
    other = sheet(plain, "学生档案")[1]["身份证号"]
    row = {"日期": date(2026, 10, 5), "学生姓名": NAMES[0], "身份证号": other, "异动类型": "休学", "班级": CLASS}
    school_sheet(plain, "学籍异动").append(row)


def _died(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0].update({"学籍状态": "死亡", "状态日期": date(2026, 9, 20)})


def _as_ever(plain: dict[str, Any]) -> None:
    """Change nothing."""


def _renumbered(plain: dict[str, Any]) -> None:
    number = id_card(date(2016, 3, 1), 71)
    sheet(plain, "学生档案")[0].update({"身份证号": number, "学籍号": "G" + number})


def _says_unchanged(plain: dict[str, Any]) -> None:
    plain["classes"][0]["cover"]["本月名册无变化"] = "是"
    sheet(plain, "学生档案")[0]["监护类型"] = "母亲"


def _without_class(plain: dict[str, Any]) -> None:
    plain["classes"].clear()
    school_sheet(plain, "班级一览")[0]["班级"] = 3


def _father_unknown(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0]["父亲状况"] = "不知道"


def _other_guardian(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0]["监护类型"] = "外祖父母"


BEFORE: dict[str, Change] = {"still_in_error": _father_unknown, "stands_again": _died}
STORIES: dict[str, tuple[Change, list[str]]] = {
    "vanished": (without(), ["E311"]),
    "vanished_doubtful": (moved("走了", date(2026, 10, 20)), ["E312"]),
    "settled": (_confirmed, ["N302"]),
    "still_in_error": (tick, ["E314"]),
    "class_vanished": (_without_class, ["E313"]),
    "identity_changed": (_other_sex, ["W317"]),
    "number_corrected": (_renumbered, ["E311", "W323"]),
    "foreign_number": (_another_number, ["E315"]),
    "others_number": (_by_another_number, ["E316"]),
    "stands_again": (_as_ever, ["W327"]),
    "stale_card": (_other_guardian, ["W326"]),
    "class_shrank": (_shrink, ["W318"]),
    "class_grew": (_grow, ["W319"]),
    "not_unchanged": (_says_unchanged, ["W320", "W326"]),
}


def test_each_defect_over_the_months_is_told(tmp_path: Path) -> None:
    """Every row of the chapter has its story, told by its rule and by no other of the chapter.

    But for what only a summer brings: its story stands in test_remedies.
    """
    assert list(STORIES) == [defect.key for defect in OVER_MONTHS.defects if defect.key != "not_promoted"]
    run_month(tmp_path, beside(month_of("2026-09", BEFORE.get(key, _as_ever)) for key in STORIES))
    result = run_month(tmp_path, beside(month_of("2026-10", change) for change, _ in STORIES.values()))
    found = {key: told_beside(result, number, TOLD) for number, key in enumerate(STORIES)}
    assert found == {key: codes for key, (_, codes) in STORIES.items()}
    own = [issue for issue in result.issues if issue.rule.code in TOLD]
    assert len(own) == sum(len(codes) for _, codes in STORIES.values())
    assert all(issue.sentence and issue.remedy and "{" not in issue.sentence + issue.remedy for issue in own)


def test_an_untouched_second_month_tells_nothing(tmp_path: Path) -> None:
    """The same children again: no story, no remark."""
    run_month(tmp_path, month_of("2026-09"))
    result = run_month(tmp_path, month_of("2026-10"))
    assert (told(result), result.remarks) == ([], ())


def test_a_class_that_is_divided_is_no_loss_and_no_gain(tmp_path: Path) -> None:
    """Two of three go to a new class: found there, so that neither class is asked about."""

    def divided(plain: dict[str, Any]) -> None:
        two_classes(plain)
        rows = sheet(plain, "学生档案")
        going = [dict(row) for row in rows[:2]]
        for name in NAMES[:2]:
            drop_child(plain, name)
        plain["classes"][1]["sheets"]["学生档案"] = going

    run_month(tmp_path, month_of("2026-10"))
    assert told(run_month(tmp_path, month_of("2026-11", divided))) == []


def test_who_came_back_in_the_month_in_which_he_left_is_not_asked_about(tmp_path: Path) -> None:
    """A 返校 on the day of the departure or later undoes it (contract §8.4); one of before it is another matter."""

    def left_and(day: date) -> Change:
        def work(plain: dict[str, Any]) -> None:
            sheet(plain, "学生档案")[0].update({"学籍状态": "转出已确认", "状态日期": date(2026, 9, 20)})
            row = {"日期": day, "学生姓名": NAMES[0], "异动类型": "返校", "班级": CLASS}
            school_sheet(plain, "学籍异动").append(row)

        return work

    for day, asked in ((date(2026, 9, 20), 0), (date(2026, 9, 28), 0), (date(2026, 9, 10), 1)):
        base = tmp_path / str(day)
        run_month(base, month_of("2026-09", left_and(day)))
        assert told(run_month(base, month_of("2026-10"))).count("W327") == asked
