"""What is not sure is not filled in, and is told: numbers that lost digits, contradictions, two candidates, who has left."""

from __future__ import annotations

from pathlib import Path

from schemas import start_words as w
from starting.drawn import card, doubts, mapping, pupils, start_from

ANNA, BAO, CHEN = card("20170308", 2), card("20170409", 1), card("20170510", 2)
ROSTER = ("姓名", "性别", "身份证号", "年级", "班级", "是否留守儿童")


def roster(*children: tuple[str, str, str, str]) -> list[list[str]]:
    return [
        ["全校学生花名册"],
        list(ROSTER),
        *([name, sex, number, "三年级", "2班", left] for name, sex, number, left in children),
    ]


def test_a_number_that_lost_digits_is_taken_from_another_source_or_stays_empty(tmp_path: Path) -> None:
    ledger = [
        ["留守儿童台账"],
        ["班级", "姓名", "身份证号", "监护人电话"],
        ["三2班", "李小禾", float(ANNA), 19900000001],
        ["三2班", "王小麦", 529900201704090000.0, 1.99e10],
    ]
    started = start_from(
        tmp_path, {"学籍.xlsx": roster(("李小禾", "女", ANNA, "是"), ("王小麦", "男", "", "是")), "台账.xlsx": ledger}
    )
    found = pupils(started)
    assert found["李小禾"]["id_card"] == ANNA
    assert found["李小禾"]["guardian_phone"] == "19900000001"
    assert "id_card" not in found["王小麦"]
    assert w.DIGITS_LOST in doubts(started)


def test_a_number_that_ends_in_three_noughts_is_never_filled_in(tmp_path: Path) -> None:
    number = next(
        n for serial in range(0, 1000, 10) if (n := card("20170308", serial)).endswith("000") or serial == 990
    )
    started = start_from(
        tmp_path,
        {"台账.xlsx": [["留守儿童台账"], ["班级", "姓名", "身份证号"], ["三2班", "李小禾", number[:15] + "000"]]},
    )
    assert "id_card" not in pupils(started)["李小禾"]


def test_sex_and_birthday_come_from_the_number_and_stay_empty_where_a_column_says_other(tmp_path: Path) -> None:
    ledger = [
        ["留守儿童台账"],
        ["班级", "姓名", "性别", "出生日期", "身份证号"],
        ["三2班", "李小禾", "男", "2017.3.8", ANNA],
        ["三2班", "陈小河", "", "", CHEN],
    ]
    started = start_from(tmp_path, {"台账.xlsx": ledger})
    found = pupils(started)
    assert "sex" not in found["李小禾"]
    assert f"{found['李小禾']['birth_date']:%Y-%m-%d}" == "2017-03-08"
    assert found["陈小河"]["sex"] == "女"
    assert w.ID_SAYS_OTHER in doubts(started)


def test_one_number_under_two_names_gives_nobody_a_row(tmp_path: Path) -> None:
    ledger = [["留守儿童台账"], ["班级", "姓名", "身份证号"], ["三2班", "李晓禾", ANNA], ["三2班", "王小麦", BAO]]
    started = start_from(
        tmp_path, {"学籍.xlsx": roster(("李小禾", "女", ANNA, "是"), ("王小麦", "男", BAO, "是")), "台账.xlsx": ledger}
    )
    assert set(pupils(started)) == {"王小麦"}
    assert w.NAME_DIFFERS in doubts(started)
    assert [row["name"] for row in mapping(started, "勾选名单")] == ["李小禾"]


def test_two_numbers_for_one_child_fill_neither(tmp_path: Path) -> None:
    other = card("20170308", 4)
    ledger = [["留守儿童台账"], ["班级", "姓名", "身份证号"], ["三2班", "李小禾", other]]
    found = pupils(start_from(tmp_path, {"学籍.xlsx": roster(("李小禾", "女", ANNA, "是")), "台账.xlsx": ledger}))
    assert "id_card" not in found["李小禾"]


def test_two_children_in_one_cell_and_two_of_one_name_are_told(tmp_path: Path) -> None:
    ledger = [
        ["留守儿童台账"],
        ["班级", "姓名", "监护人"],
        ["三2班", "李小禾、李小麦", "爷爷 李大山"],
        ["三2班", "王小麦", "外婆"],
        ["三2班", "王小麦", "张大山、李秀英"],
    ]
    both = roster(("李小禾", "女", ANNA, "是"), ("王小麦", "男", BAO, "是"), ("王小麦", "女", CHEN, "是"))
    started = start_from(tmp_path, {"学籍.xlsx": both, "台账.xlsx": ledger})
    assert not pupils(started)
    assert w.SEVERAL in doubts(started)
    assert w.TWO_OF_A_NAME in doubts(started)


def test_who_may_have_left_or_is_on_no_roster_waits_to_be_ticked(tmp_path: Path) -> None:
    ledger = [
        ["留守儿童台账"],
        ["班级", "姓名", "身份证号", "备注"],
        ["三2班", "李小禾", ANNA, "2026年6月转出"],
        ["三2班", "孙小树", card("20170101"), ""],
        ["三2班", "王小麦", BAO, ""],
    ]
    started = start_from(
        tmp_path, {"学籍.xlsx": roster(("李小禾", "女", ANNA, "是"), ("王小麦", "男", BAO, "否")), "台账.xlsx": ledger}
    )
    assert set(pupils(started)) == {"王小麦"}
    assert {row["name"] for row in mapping(started, "勾选名单")} == {"李小禾", "孙小树"}


def test_the_same_row_twice_is_one_child_and_what_differs_there_stays_empty(tmp_path: Path) -> None:
    ledger = [
        ["留守儿童台账"],
        ["班级", "姓名", "身份证号", "监护人电话", "家庭住址"],
        ["三2班", "李小禾", ANNA, "19900000001", "清水村"],
        ["三2班", "李小禾", ANNA, "19900000002", "同上"],
    ]
    started = start_from(tmp_path, {"台账.xlsx": ledger})
    found = pupils(started)
    assert found["李小禾"]["home_address"] == "清水村"
    assert "guardian_phone" not in found["李小禾"]
    assert w.TWO_CANDIDATES in doubts(started)


def test_a_telephone_of_nobody_is_not_filled_in(tmp_path: Path) -> None:
    ledger = [
        ["留守儿童台账"],
        ["班级", "姓名", "身份证号", "父亲姓名", "母亲姓名", "联系电话"],
        ["三2班", "李小禾", ANNA, "李大田", "吴小云", "19900000001"],
    ]
    started = start_from(tmp_path, {"台账.xlsx": ledger})
    assert not [key for key in pupils(started)["李小禾"] if key.endswith("phone")]
    assert [row["sure"] for row in mapping(started, "列的对照") if row["words"] == "联系电话"] == ["不确定"]


def test_a_bad_file_costs_itself_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "坏的.xlsx").write_bytes(b"PK\x03\x04 torn")
    started = start_from(
        tmp_path, {"台账.xlsx": [["留守儿童台账"], ["班级", "姓名", "身份证号"], ["三2班", "李小禾", ANNA]]}
    )
    assert [one.name for one in started.unread] == ["坏的.xlsx"]
    assert set(pupils(started)) == {"李小禾"}
    assert "坏的.xlsx" in {row["file"] for row in mapping(started, "来源的表")}
