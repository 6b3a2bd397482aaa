"""What is left to type in a first month: what the school says once for many is typed once, and what is unsure never."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from schemas.class_workbook import ACTIVITIES, CONTACTS, CONTACTS_LOG, GROWTH, PAIRINGS, PUPILS, TALKS
from schemas.codes import Parent
from schemas.school_workbook import CLASSES
from schemas.starting.mapping_form import USUAL
from schemas.tables import ALWAYS, ARCHIVE, Table
from starting.drawn import card, change_in, doubts, mapping, pairings, pupils, start_from
from starting.layouts import LAYOUTS, save
from starting.measuring import rows_of
from starting.truth import invented_school

DAY = date(2026, 9, 10)
ONCE = {  # what an admin says once for the whole school
    "lives_with_parents": "否", "hardship": "无", "focus": "否", "archived_on": DAY, "updated_on": DAY, "archive_no": "2026-",
    "guardian_job": "务农", "guardian_address": "同家庭地址", "since": date(2026, 9, 5),
}  # fmt: skip
OF_SINGLE = {"other_parent": "在家", "home_parent_capable": "有", "helper_teacher": "班主任"}
HEAD = ("班级", "姓名", "身份证号", "家庭地址", "监护人", "与学生关系", "父亲", "母亲")
LEDGER = [
    ["2026年秋季留守儿童台账"],
    HEAD,
    ["三（1）班", "李小禾", card("20170308", 1), "云溪镇清水村一组", "李老根", "祖父", "外出务工", "外出务工"],
    ["三（1）班", "钱小穗", card("20170409", 3), "云溪镇白石村三组", "周大姐", "外祖母", "外出务工", "在家"],
    ["三（1）班", "孙小麦", card("20170510", 5), "云溪镇白石村一组", "孙老汉", "祖父", "在家", "外出务工"],
    ["三（2）班", "周青禾", card("20170611", 7), "云溪镇清水村二组", "周老根", "祖父", "外出务工", "外出务工"],
]  # fmt: skip


def test_what_is_said_once_fills_every_empty_cell_that_it_holds_for(tmp_path: Path) -> None:
    """Archive numbers are counted class by class; a guardian lives at the child's where 监护类型 says so."""
    start_from(tmp_path, {"台账.xlsx": LEDGER})
    change_in(tmp_path, USUAL, ONCE)
    found = pupils(start_from(tmp_path, {}))
    assert {name: row["archive_no"] for name, row in found.items()} == {
        "李小禾": "2026-0301-01", "钱小穗": "2026-0301-02", "孙小麦": "2026-0301-03", "周青禾": "2026-0302-01",
    }  # fmt: skip
    assert {name: row.get("guardian_address") for name, row in found.items()} == {
        "李小禾": "云溪镇清水村一组", "钱小穗": None, "孙小麦": "云溪镇白石村一组", "周青禾": "云溪镇清水村二组",
    }  # fmt: skip
    assert {row["guardian_job"] for row in found.values()} == {"务农"}


def test_a_pairing_that_waits_has_no_day_however_usual(tmp_path: Path) -> None:
    """The day makes a pairing of a row: it stands only where a source says who helps."""
    paired = [["结对帮扶安排"], ("班级", "姓名", "帮扶教师"), ["三（1）班", "李小禾", "王春生"]]
    start_from(tmp_path, {"台账.xlsx": LEDGER, "结对安排.xlsx": paired})
    change_in(tmp_path, USUAL, ONCE)
    for row in pairings(start_from(tmp_path, {})):
        assert ("since" in row) == ("helper" in row) == (row["pupil"] == "李小禾" and row["kind"] == "帮扶教师")


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ("全体", {"李小禾", "钱小穗", "孙小麦"}),
        ("全班学生", {"李小禾", "钱小穗", "孙小麦"}),
        ("全体（除 钱小穗）", {"李小禾", "孙小麦"}),
        ("李小禾、孙小麦", {"李小禾", "孙小麦"}),
        ("全班留守学生（共3人）", {"李小禾", "钱小穗", "孙小麦"}),
        ("全体（除 赵云帆）", set()),
        ("全体学生（钱小穗除外，赵云帆不算）", set()),
        ("全体、钱小穗除外、赵云帆不算", set()),
    ],
)
def test_one_row_names_whom_a_teacher_helps(said: str, whom: set[str], tmp_path: Path) -> None:
    paired = [
        ["结对帮扶安排"],
        ("班级", "帮扶教师", "学生姓名", "结对日期"),
        ["三（1）班", "王春生", said, "2026-09-05"],
    ]
    started = start_from(tmp_path, {"台账.xlsx": LEDGER, "结对安排.xlsx": paired})
    own = [row for row in pairings(started) if row.get("helper")]
    assert {(row["pupil"], row["helper"], f"{row['since']:%F}") for row in own} == {
        (name, "王春生", "2026-09-05") for name in whom
    }
    assert set(pupils(started)) == {"李小禾", "钱小穗", "孙小麦", "周青禾"}
    told = [row for row in mapping(started, "没有填的") if row["file"] == "结对安排.xlsx"]
    assert bool(told) == (not whom)


def test_whom_a_pairing_list_alone_names_is_told(tmp_path: Path) -> None:
    """李小何 is a slip for 李小禾, whose row would stay without a helper and nobody would know why."""
    roster = [["学生花名册"], ("班级", "姓名", "身份证号"), *(row[:3] for row in LEDGER[2:])]
    paired = [["结对帮扶安排"], ("班级", "帮扶教师", "学生姓名"), ["三（1）班", "王春生", "李小何、钱小穗"]]
    started = start_from(tmp_path, {"花名册.xlsx": roster, "台账.xlsx": LEDGER, "结对安排.xlsx": paired})
    assert [row["pupil"] for row in pairings(started) if row.get("helper")] == ["钱小穗"]
    (told,) = [row for row in mapping(started, "没有填的") if row["file"] == "结对安排.xlsx"]
    assert "李小何" in told.values()


def test_a_row_of_all_that_is_struck_out_helps_nobody_and_costs_nobody_his_row(tmp_path: Path) -> None:
    start_from(tmp_path, {"台账.xlsx": LEDGER})
    paired = [
        ["结对帮扶安排"],
        ["班级", "帮扶教师", "学生姓名"],
        ["三（1）班", "王春生", "全体"],
        ["三（1）班", "陈冬梅", "全体"],
    ]
    path = tmp_path / "sources" / "结对安排.xlsx"
    save(path, {"Sheet1": paired})
    book = openpyxl.load_workbook(path)
    for cell in book["Sheet1"][3]:
        cell.font = Font(strike=True)
    book.save(path)
    started = start_from(tmp_path, {})
    assert {row["helper"] for row in pairings(started) if row.get("helper")} == {"陈冬梅"}
    assert len(pupils(started)) == len(LEDGER) - 2
    assert "划掉" in doubts(started)


@pytest.mark.parametrize("title", ["留守儿童结对帮扶安排表", "潜能生结对帮扶安排表"])
def test_a_row_of_all_makes_nobody_left_behind_whom_no_list_names(title: str, tmp_path: Path) -> None:
    """Nor is it of this school where it says another one's name."""
    roster = [
        ["学生花名册"],
        ("学校", "班级", "姓名", "身份证号", "是否留守"),
        ["青石小学", "三（1）班", "李小禾", card("20170308", 1), "是"],
        ["青石小学", "三（1）班", "钱小穗", card("20170409", 3), "否"],
        ["青石小学", "三（2）班", "周青禾", card("20170611", 7), "是"],
    ]
    head = ("学校", "班级", "帮扶教师", "学生姓名")
    paired = [[title], head, ["青石小学", "三（1）班", "王春生", "全体"], ["白石小学", "三（2）班", "陈冬梅", "全体"]]
    started = start_from(tmp_path, {"花名册.xlsx": roster, "结对安排.xlsx": paired})
    assert {name: row["category"] for name, row in pupils(started).items()} == dict.fromkeys(
        ("李小禾", "周青禾"), "留守儿童"
    )
    assert [(row["pupil"], row["helper"]) for row in pairings(started) if row.get("helper")] == [("李小禾", "王春生")]


def _left(row: Mapping[str, Any], table: Table) -> list[str]:
    """Return the cells of a row that have to be typed: the required ones, those of a whole archive that apply."""
    away = {parent: row.get(f"{parent}_status") == Parent.AWAY for parent in ("father", "mother")}
    asked = {f"{parent}_away_since": is_away for parent, is_away in away.items()}
    asked |= {f"{parent}_work_address": is_away for parent, is_away in away.items()}
    asked |= {"home_parent_capable": sum(away.values()) == 1}
    needed = [c.key for c in table.columns if asked.get(c.key, c.need in (ALWAYS, ARCHIVE))]
    return [key for key in needed if row.get(key) in (None, "")]


def test_what_is_usual_of_the_other_parent_holds_only_where_a_source_says_that_one_is_away(tmp_path: Path) -> None:
    """是 does not say how many are away, and a mother of whom nobody knows a name may be gone for good."""
    head = ("班级", "姓名", "身份证号", "留守类型", "父亲姓名", "父亲务工地点", "母亲姓名", "母亲情况")
    rows = [
        ["三（1）班", "李小禾", card("20170308", 1), "单亲留守", "李大田", "东海省临江市", "吴小云", ""],
        ["三（1）班", "钱小穗", card("20170409", 3), "是", "钱大山", "东海省临江市", "周小月", ""],
        ["三（1）班", "孙小麦", card("20170510", 5), "单亲留守", "孙大河", "东海省临江市", "", ""],
        ["三（1）班", "周青禾", card("20170611", 7), "双亲留守", "周大江", "东海省临江市", "郑小雨", ""],
        ["三（1）班", "吴青松", card("20170712", 9), "单亲留守", "吴大海", "东海省临江市", "王小雪", "改嫁"],
        ["三（1）班", "郑青竹", card("20170813", 11), "父亲外出", "郑大洋", "东海省临江市", "冯小星", "在家务农"],
    ]
    start_from(tmp_path, {"台账.xlsx": [["2026年秋季留守儿童台账"], head, *rows]})
    change_in(tmp_path, USUAL, OF_SINGLE)
    found = pupils(start_from(tmp_path, {}))
    told = {name: (row.get("mother_status"), row.get("home_parent_capable")) for name, row in found.items()}
    assert told == {
        "李小禾": ("在家", "有"), "钱小穗": (None, None), "孙小麦": (None, None),
        "周青禾": ("外出务工", None), "吴青松": (None, None), "郑青竹": ("在家", "有"),
    }  # fmt: skip


def test_the_head_teacher_helps_whom_no_source_gives_another(tmp_path: Path) -> None:
    """With the usual day; a name that nobody can read leaves the row waiting, and so does a class without its head."""
    paired = [["结对帮扶安排"], ("班级", "姓名", "帮扶教师"), ["三（1）班", "李小禾", "陈冬梅"], ["三（1）班", "钱小穗", "陈冬梅、赵立夏"]]  # fmt: skip
    start_from(tmp_path, {"台账.xlsx": LEDGER, "结对安排.xlsx": paired})
    change_in(tmp_path, USUAL, {**OF_SINGLE, "since": date(2026, 9, 5)})
    change_in(tmp_path, CLASSES, {"head_teacher": "王春生"})
    rows = [row for row in pairings(start_from(tmp_path, {})) if row["kind"] == "帮扶教师"]
    assert {row["pupil"]: (row.get("helper"), "since" in row) for row in rows} == {
        "李小禾": ("陈冬梅", True), "钱小穗": (None, False), "孙小麦": ("王春生", True), "周青禾": (None, False),
    }  # fmt: skip


@pytest.mark.parametrize("has_list", [True, False])
def test_a_class_of_25_types_fewer_than_400_cells_in_its_first_month(has_list: bool, tmp_path: Path) -> None:
    """With the 学籍 export and a 台账; a list of who helps whom, three children a row, or none: then the 班主任 does.

    The month's records and what the admin types once are counted.
    """
    school = invented_school(7, 50, ((3, 1),))
    folder = tmp_path / "sources"
    folder.mkdir()
    for layout in (one for one in LAYOUTS if one.name in ("学籍导出", "两行表头")):
        layout.write(school, folder)
    threes = [school.left[n : n + 3] for n in range(0, len(school.left), 3)]
    rows = [
        ["三（1）班", f"王{'甲乙丙丁戊己庚辛壬'[n]}", "、".join(c.name for c in own)] for n, own in enumerate(threes)
    ]
    rows = rows if has_list else []
    if has_list:
        save(folder / "结对.xlsx", {"1": [["结对帮扶安排"], ["班级", "帮扶教师", "学生姓名"], *rows]})
    start_from(tmp_path, {})
    once = {**ONCE, **OF_SINGLE}
    change_in(tmp_path, USUAL, once)
    change_in(tmp_path, CLASSES, {"head_teacher": "王春生"})
    started = start_from(tmp_path, {})
    data = next(data for name, data in started.contents.items() if name.startswith("三年级"))
    cards = {row["pupil"]: row for row in rows_of(data, CONTACTS)}
    typed = Counter(
        {
            "head_teacher": 1,
            "常用值": len(once),
            "结对.xlsx": 3 * len(rows),
            "activities": len(ACTIVITIES.needing(ALWAYS)),
        }
    )
    children = rows_of(data, PUPILS)
    for child in children:
        whole = {**cards[child["name"]], **child, "pupil": child["name"]}
        typed.update(_left(whole, PUPILS) + _left(whole, CONTACTS))
    for table in (PAIRINGS, TALKS, CONTACTS_LOG, GROWTH):
        for row in rows_of(data, table):
            typed.update(f"{table.key}.{key}" for key in _left(row, table))
    assert sum(typed.values()) * 25 < 390 * len(children), (sum(typed.values()), typed)
    assert not typed["pairings.helper"] - len(children), "every child has his teacher, none his classmate yet"
