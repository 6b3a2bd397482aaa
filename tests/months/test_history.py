"""Month after month: nothing is deleted by absence, last values are remembered, records of the term add up."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helpers.changes import CLASS, Change, moved, share, tick, told, two_classes, without
from helpers.measuring import measures_of
from helpers.running import drop_child, month_of, rerun, run_month, school_sheet, sheet
from helpers.small import NAMES, card, pupil
from schemas import rules
from schemas.defects import OVER_MONTHS

# --- children ----------------------------------------------------------------------------------------------------


def test_a_vanished_child_is_an_error_and_stays_in_every_count(tmp_path: Path) -> None:
    """He is named on 学生档案, with no cell, each month anew; he is in L as 转出未落实, and no target is met."""
    run_month(tmp_path, month_of("2026-09"))
    for text in ("2026-10", "2026-11"):
        result = run_month(tmp_path, month_of(text, without()))
        (issue,) = [issue for issue in result.issues if issue.rule is rules.VANISHED]
        assert (issue.sheet, issue.cell) == ("学生档案", "")
        assert NAMES[0] in issue.sentence
        assert share(result, "巩固率") == (2, 3)
        assert share(result, "建档率") == (3, 3)
        assert share(result, "谈心达标率") == (2, 2)
        assert measures_of(result)["class", CLASS, "报送质量"] == (21, 21)


@pytest.mark.parametrize(
    ("change", "kept", "cared_for"),
    [
        (moved("转出", date(2026, 10, 20), 接收校确认="是"), (2, 2), (2, 2)),
        (moved("转出", date(2026, 10, 20), 接收校确认="否"), (2, 3), (2, 2)),
        (moved("转出", date(2026, 10, 20)), (2, 3), (2, 2)),
        (moved("休学", date(2026, 10, 20)), (3, 3), (2, 2)),
        (moved("疑似辍学", date(2026, 10, 20)), (3, 3), (2, 3)),
        (moved("辍学", date(2026, 10, 20)), (2, 3), (2, 2)),
        (moved("毕业", date(2026, 10, 20)), (3, 3), (2, 2)),
        (moved("死亡", date(2026, 10, 20)), (2, 2), (2, 2)),
    ],
)
def test_a_departure_explains_an_absence_to_the_end_of_the_year(
    tmp_path: Path, change: Change, kept: tuple[int, int], cared_for: tuple[int, int]
) -> None:
    """The latest row of 学籍异动 gives the status; it holds for the months after, with no message."""
    run_month(tmp_path, month_of("2026-09"))
    for result in (
        run_month(tmp_path, month_of("2026-10", change)),
        run_month(tmp_path, month_of("2026-11", without())),
    ):
        assert told(result) == []
        assert (share(result, "巩固率"), share(result, "谈心达标率")) == (kept, cared_for)


@pytest.mark.parametrize(
    "row",
    [
        {
            "日期": date(2026, 9, 20),
            "异动类型": "转出",
            "接收校确认": "是",
        },  # his class still had him at the end of September
        {"日期": date(2026, 10, 20), "异动类型": "返校"},
        {"日期": date(2026, 10, 20), "异动类型": "转出", "接收校确认": "是", "班级": "五年级(1)班"},
        {"日期": date(2026, 10, 20), "异动类型": "转出", "接收校确认": "是", "学生姓名": NAMES[1]},
    ],
)
def test_what_is_no_departure_of_his_explains_nothing(tmp_path: Path, row: dict[str, Any]) -> None:
    """An older row, a return, another class or another child: he is still vanished."""
    run_month(tmp_path, month_of("2026-09"))

    def change(plain: dict[str, Any]) -> None:
        drop_child(plain, NAMES[0])
        school_sheet(plain, "学籍异动").append({"学生姓名": NAMES[0], "班级": CLASS, **row})

    assert told(run_month(tmp_path, month_of("2026-10", change))) == ["E311"]


def test_a_departure_in_error_leaves_him_in_every_count_over_a(tmp_path: Path) -> None:
    """He is in N of the talks, and in no n."""
    run_month(tmp_path, month_of("2026-09"))
    result = run_month(tmp_path, month_of("2026-10", moved("走了", date(2026, 10, 20))))
    assert told(result) == ["E312"]
    assert share(result, "谈心达标率") == (2, 3)
    assert share(result, "巩固率") == (2, 3)
    assert share(result, "教师结对率") == (2, 3)


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


def test_a_child_comes_back(tmp_path: Path) -> None:
    """One who vanished and stands in 学生档案 again is what his row says."""
    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", without()))
    result = run_month(tmp_path, month_of("2026-11"))
    assert told(result) == []
    assert share(result, "巩固率") == (3, 3)


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


def _shrink(plain: dict[str, Any]) -> None:
    for name in NAMES[:2]:
        moved("转出", date(2026, 10, 20), 接收校确认="是")(plain) if name == NAMES[0] else drop_child(plain, name)
    row = {"日期": date(2026, 10, 20), "学生姓名": NAMES[1], "异动类型": "休学", "班级": CLASS}
    school_sheet(plain, "学籍异动").append(row)


def _other_sex(plain: dict[str, Any]) -> None:
    row = sheet(plain, "学生档案")[0]
    row.update({"性别": "女", "身份证号": ""})


def _says_unchanged(plain: dict[str, Any]) -> None:
    plain["classes"][0]["cover"]["本月名册无变化"] = "是"
    sheet(plain, "学生档案")[0]["监护类型"] = "母亲"


def _without_class(plain: dict[str, Any]) -> None:
    plain["classes"].clear()
    school_sheet(plain, "班级一览")[0]["班级"] = 3


def _father_unknown(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0]["父亲状况"] = "不知道"


BEFORE: dict[str, Change] = {"still_in_error": _father_unknown}
STORIES: dict[str, tuple[Change, list[str]]] = {
    "vanished": (without(), ["E311"]),
    "vanished_doubtful": (moved("走了", date(2026, 10, 20)), ["E312"]),
    "still_in_error": (tick, ["E314"]),
    "class_vanished": (_without_class, ["E313"]),
    "identity_changed": (_other_sex, ["W317"]),
    "class_shrank": (_shrink, ["W318"]),
    "class_grew": (_grow, ["W319"]),
    "not_unchanged": (_says_unchanged, ["W320"]),
}


@pytest.mark.parametrize("key", [defect.key for defect in OVER_MONTHS.defects])
def test_each_defect_over_the_months_is_told(key: str, tmp_path: Path) -> None:
    """Every row of the chapter has its story, told by its rule and by no other of the chapter."""
    change, codes = STORIES[key]
    run_month(tmp_path, month_of("2026-09", BEFORE.get(key, lambda plain: None)))
    result = run_month(tmp_path, month_of("2026-10", change))
    assert told(result) == codes
    own = [issue for issue in result.issues if issue.rule.code in codes]
    assert all(issue.sentence and issue.remedy and "{" not in issue.sentence + issue.remedy for issue in own)


def test_an_untouched_second_month_tells_nothing(tmp_path: Path) -> None:
    """The same children again: no story, no remark."""
    run_month(tmp_path, month_of("2026-09"))
    result = run_month(tmp_path, month_of("2026-10"))
    assert (told(result), result.remarks) == ([], ())


# --- one tick ----------------------------------------------------------------------------------------------------


def test_one_tick_stands_for_the_roster(tmp_path: Path) -> None:
    """本月名册无变化 with empty 学生档案, 联系卡 and 结对帮扶: last month's hold, and the class has handed in."""
    run_month(tmp_path, month_of("2026-09"))
    full = measures_of(run_month(tmp_path, month_of("2026-10")))
    result = run_month(tmp_path, month_of("2026-10", tick))
    assert told(result) == []
    assert result.turnout.is_complete
    ticked = measures_of(result)
    rows = ("报送质量", "结对检查率")  # the rows of the workbook are fewer, and nobody has checked a pairing
    assert {k: v for k, v in ticked.items() if k[2] not in rows} == {k: v for k, v in full.items() if k[2] not in rows}
    assert share(result, "结对检查率") == (0, 9)
    assert told(run_month(tmp_path, month_of("2026-11", without()))) == ["E311"]


# --- values and records --------------------------------------------------------------------------------------------


def test_an_error_is_read_as_the_last_valid_value_and_never_lowers_a_count(tmp_path: Path) -> None:
    """单亲留守 stays what it was; the child is in N by either reading, and in no n."""

    def single(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案")[0].update({"母亲状况": "在家", "母亲外出日期": None, "在家一方监护能力": "有"})

    def spoil(plain: dict[str, Any]) -> None:
        single(plain)
        sheet(plain, "学生档案")[0]["母亲状况"] = "不知道"

    first = run_month(tmp_path, month_of("2026-10", spoil)).measured.heads.iloc[0]
    assert (first["is_double"], first["is_single"]) == (3, 0)
    run_month(tmp_path, month_of("2026-09", single))
    result = run_month(tmp_path, month_of("2026-10", spoil))
    heads = result.measured.heads.iloc[0]
    assert (heads["is_double"], heads["is_single"], heads["in_l"]) == (2, 1, 3)
    assert share(result, "谈心达标率") == (2, 3)


def test_an_error_keeps_in_n_whom_his_last_value_would_leave_out(tmp_path: Path) -> None:
    """A child who was 潜能生 alone and whose 学生类别 is now nonsense is in L, in no n, and in no 留守 column."""

    def potential(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案")[0]["学生类别"] = "潜能生"

    run_month(tmp_path, month_of("2026-09", potential))
    spoil: Change = lambda plain: sheet(plain, "学生档案")[0].update({"学生类别": "乱写"})  # noqa: E731
    result = run_month(tmp_path, month_of("2026-10", spoil))
    heads = result.measured.heads.iloc[0]
    assert (heads["in_l"], heads["is_double"]) == (3, 2)
    assert share(result, "巩固率") == (2, 3)


def _no_contact(plain: dict[str, Any]) -> None:
    sheet(plain, "家校联系").clear()


def test_records_of_the_term_add_up(tmp_path: Path) -> None:
    """A home visit and a guardians' meeting of September count in October; a phone call of the month does not."""
    run_month(tmp_path, month_of("2026-09"))
    result = run_month(tmp_path, month_of("2026-10", _no_contact))
    assert (share(result, "家访率"), share(result, "监护人会率")) == ((3, 3), (3, 3))
    assert share(result, "亲情联络率") == (0, 3)


def test_a_record_in_both_counts_once(tmp_path: Path) -> None:
    """Two visits are asked for: September's, kept in October's workbook as a late record, is still one."""
    plan = {"频次要求": [
        {"编号": "H9", "事项": "家访", "形式": "家访", "周期": "学期", "次数": 2, "适用对象": "全体", "启用": "是", "来源": "校定"}
    ]}  # fmt: skip

    def twice(plain: dict[str, Any]) -> None:
        plain["plan"] = {"sheets": plan}

    def keep(plain: dict[str, Any]) -> None:
        twice(plain)
        for row in sheet(plain, "家校联系"):
            row["日期"] = date(2026, 9, 12)

    run_month(tmp_path, month_of("2026-09", twice))
    assert share(run_month(tmp_path, month_of("2026-10", keep)), "家访率") == (0, 3)
    assert share(run_month(tmp_path, month_of("2026-10", twice)), "家访率") == (3, 3)


def test_cases_of_the_term_stay_open_until_they_are_planned(tmp_path: Path) -> None:
    """A case of September without a plan is still one in October, whatever October's growth row says."""

    def case(plain: dict[str, Any]) -> None:
        sheet(plain, "成长记录")[0].update({"个案触发": "心理障碍", "触发日期": date(2026, 9, 12)})

    def planned(plain: dict[str, Any]) -> None:
        row = {"学生姓名": NAMES[0], "触发原因": "心理障碍", "制订日期": date(2026, 9, 20), "责任人": "王老师", "措施": "每周谈心",
               "进展": "进行中"}  # fmt: skip
        sheet(plain, "个别方案").append(row)

    assert share(run_month(tmp_path, month_of("2026-09", case)), "个案方案率") == (0, 1)
    assert share(run_month(tmp_path, month_of("2026-10")), "个案方案率") == (0, 1)
    assert share(run_month(tmp_path, month_of("2026-10", planned)), "个案方案率") == (1, 1)


def test_the_last_plan_goes_on(tmp_path: Path) -> None:
    """A month without 考核方案 goes by last month's, and says so; so does the month after it."""

    def plan(plain: dict[str, Any]) -> None:
        plain["plan"] = {"sheets": {"参数": [{"参数": "方案预设", "值": "篇二"}]}}

    assert run_month(tmp_path, month_of("2026-09", plan)).policy.preset == "篇二"
    for text, source in (("2026-10", "2026-09"), ("2026-11", "2026-10")):
        result = run_month(tmp_path, month_of(text))
        assert result.policy.preset == "篇二"
        assert [source in remark for remark in result.remarks] == [True]


# --- late, again, damaged -------------------------------------------------------------------------------------------


def facts(base: Path, text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((base / "output" / text / "数据" / "run.json").read_text(encoding="utf-8"))
    return found


def test_an_earlier_month_run_again_marks_the_later_ones(tmp_path: Path) -> None:
    """They say so themselves, in run.json and at the next run, until they are run again."""
    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10"))
    assert rerun(tmp_path, "2026-09").remarks == ()  # nothing changed
    assert facts(tmp_path, "2026-10").get("outdated_by", []) == []
    result = run_month(tmp_path, month_of("2026-09", lambda plain: sheet(plain, "谈心记录").clear()))
    assert ["2026-10" in remark for remark in result.remarks] == [True]
    assert facts(tmp_path, "2026-10")["outdated_by"] == ["2026-09"]
    assert ["2026-10" in remark for remark in run_month(tmp_path, month_of("2026-11")).remarks] == [True]
    rerun(tmp_path, "2026-10")
    assert facts(tmp_path, "2026-10").get("outdated_by", []) == []
    assert rerun(tmp_path, "2026-11").remarks == ()


@pytest.mark.parametrize("harm", ["cut", "changed", "gone", "facts", "nameless"])
def test_a_damaged_month_is_said_and_the_run_goes_on(harm: str, tmp_path: Path) -> None:
    """It is not used, whatever is wrong with it."""
    run_month(tmp_path, month_of("2026-09"))
    data = tmp_path / "output" / "2026-09" / "数据"
    table = data / "pupils.parquet"
    if harm == "cut":
        table.write_bytes(table.read_bytes()[:100])
    elif harm == "changed":
        table.write_bytes((data / "talks.parquet").read_bytes())
    elif harm == "gone":
        table.unlink()
    elif harm == "facts":
        (data / "run.json").write_text("{", encoding="utf-8")
    else:
        told_then = json.loads((data / "run.json").read_text("utf-8"))
        del told_then["month"]
        (data / "run.json").write_text(json.dumps(told_then), encoding="utf-8")
    result = run_month(tmp_path, month_of("2026-10", without()))
    assert ["2026-09" in remark for remark in result.remarks] == [True]
    assert told(result) == []
    assert facts(tmp_path, "2026-10")["damaged_months"] == ["2026-09"]


def test_what_changed_since_the_last_run_is_kept(tmp_path: Path) -> None:
    """The facts of the last run on other files stay, however often these are run again."""
    run_month(tmp_path, month_of("2026-10", without(NAMES[2])))
    assert facts(tmp_path, "2026-10")["previous"] is None
    for _ in range(2):
        run_month(tmp_path, month_of("2026-10"))
        assert facts(tmp_path, "2026-10")["previous"]["figures"]["archived"] == [2, 2]
