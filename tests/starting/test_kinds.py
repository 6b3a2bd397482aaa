"""What follows from the shape of a school's papers, and what must not: grades alone, schools by lines, whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.school_workbook import CLASSES
from starting.drawn import Rows, card, change_in, doubts, mapping, pupils, start_from

HEAD = ("班级", "姓名", "身份证号", "监护人", "与学生关系")
LI = ("李小禾", card("20170308", 1), "李老根", "爷爷")
QIAN = ("钱小穗", card("20170409", 3), "周大姐", "外婆")
SUN = ("孙小麦", card("20170510", 5), "孙老汉", "爷爷")
ZHOU = ("周青禾", card("20170611", 7), "周老根", "爷爷")
TITLE = ["2026年秋季留守儿童台账"]


def ledger(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> Rows:
    return [TITLE, head, *rows]


def places(found: dict[str, dict[str, object]]) -> dict[str, object]:
    return {name: row["place"] for name, row in found.items()}


def test_a_grade_alone_is_its_only_class_and_that_is_told(tmp_path: Path) -> None:
    started = start_from(tmp_path, {"台账.xlsx": ledger(("三年级", *LI), ("四年级", *QIAN), ("二（2）班", *SUN))})
    assert places(pupils(started)) == {"李小禾": (3, 1), "钱小穗": (4, 1), "孙小麦": (2, 2)}
    assert doubts(started).count("一个年级一个班") == 2


def test_of_a_grade_with_several_classes_nobody_knows_which(tmp_path: Path) -> None:
    rows = ledger(("三年级", *LI), ("三（1）班", *QIAN), ("三（2）班", *SUN), ("一、二年级", *ZHOU))
    started = start_from(tmp_path, {"台账.xlsx": rows})
    assert set(pupils(started)) == {"钱小穗", "孙小麦"}
    assert {row["name"] for row in mapping(started, "勾选名单")} == {"李小禾", "周青禾"}


def test_a_second_class_that_the_admin_adds_takes_the_grade_apart(tmp_path: Path) -> None:
    assert places(pupils(start_from(tmp_path, {"台账.xlsx": ledger(("三年级", *LI))}))) == {"李小禾": (3, 1)}
    change_in(tmp_path, CLASSES, {"number": 2})
    assert places(pupils(start_from(tmp_path, {}))) == {"李小禾": (3, 2)}


def test_lines_of_several_schools_say_whose_the_children_are(tmp_path: Path) -> None:
    """The school with most children is ours; those of the other wait on the list to tick, and are not lost."""
    rows = [
        TITLE,
        HEAD,
        ["云溪镇中心学校"],
        ("三（1）班", *LI),
        ("三（1）班", *QIAN),
        ["白石村小学（1人）"],
        ("三（1）班", *SUN),
    ]
    started = start_from(tmp_path, {"台账.xlsx": rows})
    assert set(pupils(started)) == {"李小禾", "钱小穗"}
    (told,) = mapping(started, "勾选名单")
    assert told["name"] == "孙小麦" and "白石村小学" in told["because"]


def test_one_school_line_is_the_schools_own_however_it_is_called_elsewhere(tmp_path: Path) -> None:
    roster = [("学校名称", "班级", "姓名", "身份证号"), ("示例县云溪镇中心小学", "三（1）班", *LI[:2])]
    rows = [["云溪小学"], TITLE, HEAD, ("三（1）班", *LI)]
    assert set(pupils(start_from(tmp_path, {"学籍.xlsx": roster, "台账.xlsx": rows}))) == {"李小禾"}


@pytest.mark.parametrize(
    ("title", "mother"),
    [("双亲留守儿童名单", "外出务工"), ("双亲留守、单亲留守儿童名单", None), ("留守儿童名单：留守儿童是指父母双方外出务工、由他人照料、不满十六周岁、不能与父母正常共同生活的儿童", None)],
)  # fmt: skip
def test_a_title_that_says_the_kind_says_it_of_all_and_a_sentence_does_not(title: str, mother: str | None, tmp_path: Path) -> None:  # fmt: skip
    found = pupils(start_from(tmp_path, {"名单.xlsx": [[title], HEAD, ("三（1）班", *LI)]}))
    assert found["李小禾"].get("mother_status") == mother


def test_children_of_a_mixed_list_beside_a_ledger_are_asked_about(tmp_path: Path) -> None:
    mixed = [["留守儿童和困境儿童名单"], HEAD, ("三（1）班", *QIAN)]
    started = start_from(tmp_path, {"台账.xlsx": ledger(("三（1）班", *LI)), "两类.xlsx": mixed})
    assert set(pupils(started)) == {"李小禾"}
    assert [row["name"] for row in mapping(started, "勾选名单")] == ["钱小穗"]


def test_a_place_of_whoever_is_away_fills_nothing_where_nobody_says_who(tmp_path: Path) -> None:
    """Of 父母 it is both parents'; two places in a cell, and one of 是, are nobody's, which is told."""
    head = (*HEAD, "外出务工人员", "务工地点")
    rows = [("三（1）班", *LI, "父母", "东海省临江市"), ("三（1）班", *QIAN, "父母", "父在临江，母在海州"), ("三（1）班", *SUN, "母亲", "东海省海州市"), ("三（1）班", *ZHOU, "", "南岭省越秀市")]  # fmt: skip
    started = start_from(tmp_path, {"台账.xlsx": ledger(*rows, head=head)})
    told = {
        name: (row.get("father_work_address"), row.get("mother_work_address")) for name, row in pupils(started).items()
    }
    assert told == {"李小禾": ("东海省临江市", "东海省临江市"), "钱小穗": (None, None), "孙小麦": (None, "东海省海州市"), "周青禾": (None, None)}  # fmt: skip
    assert doubts(started).count("没有写是父亲的还是母亲的") == 2


def test_ticks_below_two_answers_of_one_child_fill_neither(tmp_path: Path) -> None:
    head = (*HEAD, "走读", "住校")
    rows = [("三（1）班", *LI, "√", ""), ("三（1）班", *QIAN, "", "√"), ("三（1）班", *SUN, "√", "√")]
    found = pupils(start_from(tmp_path, {"台账.xlsx": ledger(*rows, head=head)}))
    assert {name: row.get("boarding") for name, row in found.items()} == {"李小禾": "走读", "钱小穗": "住校", "孙小麦": None}  # fmt: skip


def test_a_parent_who_is_called_second_guardian_is_not_who_looks_after_the_child(tmp_path: Path) -> None:
    head = (
        "班级",
        "姓名",
        "身份证号",
        "第一监护人姓名",
        "第一监护人关系",
        "第二监护人姓名",
        "第二监护人关系",
        "第二监护人电话",
    )
    rows = [("三（1）班", *LI[:2], "李大田", "父亲", "吴小云", "母亲", "19900001111"), ("三（1）班", *QIAN[:2], "钱大山", "父亲", "周大姐", "外婆", "19900002222")]  # fmt: skip
    found = pupils(start_from(tmp_path, {"台账.xlsx": ledger(*rows, head=head)}))
    keys = ("mother_name", "mother_phone", "guardian_name", "guardian_relation", "guardian_phone")
    assert [found["李小禾"].get(key) for key in keys] == ["吴小云", "19900001111", None, None, None]
    assert [found["钱小穗"].get(key) for key in keys] == [None, None, "周大姐", "外祖母", "19900002222"]


def test_the_head_teacher_above_one_class_is_not_the_next_ones(tmp_path: Path) -> None:
    rows = [TITLE, ["班级：三（1）班", "班主任：王春生"], HEAD[1:], LI, [], ["班级：三（2）班"], HEAD[1:], QIAN]
    classes = mapping(start_from(tmp_path, {"台账.xlsx": rows}), "班级一览")
    assert {row["number"]: row.get("head_teacher") for row in classes} == {1: "王春生", 2: None}


def test_a_firm_below_a_title_that_asks_for_firm_or_place_is_a_firm(tmp_path: Path) -> None:
    head = (*HEAD, "父亲务工单位及地址", "母亲务工单位及地址")
    found = pupils(
        start_from(tmp_path, {"台账.xlsx": ledger(("三（1）班", *LI, "东海省临江市", "临江电子厂"), head=head)})
    )
    assert found["李小禾"]["father_work_address"] == "东海省临江市" and "father_employer" not in found["李小禾"]
    assert found["李小禾"]["mother_employer"] == "临江电子厂" and "mother_work_address" not in found["李小禾"]


def test_how_a_child_comes_to_school_takes_him_out_of_no_list(tmp_path: Path) -> None:
    """走路去村小上学 is his way there; 去外地读书 may take him away."""
    head = (*HEAD, "去向")
    rows = [("三（1）班", *LI, "走路去村小上学"), ("三（1）班", *QIAN, "去临江读书")]
    started = start_from(tmp_path, {"台账.xlsx": ledger(*rows, head=head)})
    assert set(pupils(started)) == {"李小禾"}
    assert [row["name"] for row in mapping(started, "勾选名单")] == ["钱小穗"]
