"""Cells, rows and sheets that say something else than they seem to: what is made of them, and what is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.starting.classes import place_in
from pipeline.starting.values import told_by
from schemas import start_words as w
from starting.drawn import card, doubts, mapping, pupils, start_from

DAY = date(2026, 9, 30)
ANNA, BAO, CHEN, DING = card("20170308", 2), card("20170409", 1), card("20170510", 2), card("20170611", 3)
TITLE = ["留守儿童台账"]
HEAD = ["班级", "姓名", "身份证号"]


@pytest.mark.parametrize(
    ("key", "text", "facts", "doubt"),
    [
        ("father_phone", "19900001111（父）", {"father_phone": "19900001111"}, ""),
        ("father_phone", "19900001111微信同号", {"father_phone": "19900001111"}, ""),
        ("mother_name", "母：吴小云 19900001111", {"mother_name": "吴小云", "mother_phone": "19900001111"}, ""),
        ("father_name", "随母改嫁", {}, w.NO_NAME),
        ("father_name", "李大田 吴小云", {}, w.SEVERAL),
        ("name", "欧阳 小禾", {"name": "欧阳小禾"}, ""),
        ("name", "李小禾（女）", {"name": "李小禾"}, ""),
        ("name", "李小禾 转出", {"name": "李小禾", "gone": "李小禾 转出"}, ""),
        ("guardian_name", "张大山（大伯）", {"guardian_name": "张大山", "guardian_relation": "伯父"}, ""),
        ("id_card", "529900170308002", {}, w.BAD_NUMBER),
        ("father_status", "在广东务工", {"father_status": "外出务工", "father_work_address": "广东"}, ""),
        ("father_status", "长期在外打工", {"father_status": "外出务工"}, ""),
        ("father_status", "在无锡打工", {"father_status": "外出务工", "father_work_address": "无锡"}, ""),
        ("father_status", "未外出务工", {}, w.NOT_LISTED),
        ("father_status", "没有外出打工", {}, w.NOT_LISTED),
        ("father_status", "以前在广东打工", {}, w.NOT_LISTED),
        (
            "parents",
            "父亲：李大田 未外出务工 母亲：吴小云",
            {"father_name": "李大田", "mother_name": "吴小云"},
            w.UNREADABLE,
        ),
        ("mother_status", "在县城上班", {}, w.NOT_LISTED),  # she may come home every evening
        ("mother_status", "在砖厂做工", {}, w.NOT_LISTED),
        ("staff_post", "三(2)班班主任", {"staff_post": "班主任", "staff_head_of": "三(2)班"}, ""),
    ],
)
def test_a_cell_says(key: str, text: str, facts: dict[str, Any], doubt: str) -> None:
    told = told_by(key, text, "", DAY)
    assert dict(told.facts) == facts
    assert told.doubt == doubt


@pytest.mark.parametrize(
    ("text", "place"),
    [("三一班", (3, 1)), ("三（二）班", (3, 2)), ("三·2班", (3, 2)), ("高一3班", None), ("三十一班", None)],
)
def test_a_class_is_named(text: str, place: tuple[int, int] | None) -> None:
    assert place_in(text, DAY) == place


def test_whose_a_number_is_the_rest_of_the_row_tells(tmp_path: Path) -> None:
    head = [*HEAD, "监护人", "与学生关系", "监护人电话"]
    rows = [
        ["三2班", "李小禾", ANNA, "李大山", "爷爷", "奶奶19900001111"],
        ["三2班", "王小麦", BAO, "王大山", "爷爷", "19900001112（爷爷）"],
    ]
    started = start_from(tmp_path, {"台账.xlsx": [TITLE, head, *rows]})
    found = pupils(started)
    assert "guardian_phone" not in found["李小禾"]
    assert found["李小禾"]["guardian_relation"] == "祖父"
    assert found["王小麦"]["guardian_phone"] == "19900001112"
    assert w.PERHAPS_OTHERS in doubts(started)


def test_a_child_of_two_classes_or_of_another_school_waits(tmp_path: Path) -> None:
    rows = [
        ["云溪小学", "三2班", "李小禾", ANNA],
        ["云溪小学", "三1班", "李小禾", ANNA],
        ["云溪小学", "三1班", "王小麦", BAO],
        ["白石小学", "三1班", "陈小河", CHEN],
    ]
    started = start_from(tmp_path, {"台账.xlsx": [TITLE, ["学校", *HEAD], *rows]})
    assert set(pupils(started)) == {"王小麦"}
    assert {row["name"] for row in mapping(started, "勾选名单")} == {"李小禾", "陈小河"}


def test_a_form_with_little_in_a_row_and_a_table_of_the_family_is_a_form(tmp_path: Path) -> None:
    form = [
        ["留守儿童档案"],
        ["姓名", "李小禾", "性别", "女"],
        ["身份证号", ANNA, "班级", "三2班"],
        ["家庭主要成员", "姓名", "关系", "年龄", "电话"],
        ["", "李大田", "父亲", "40", "19900001111"],
        ["", "李大山", "祖父", "66", "19900002222"],
        ["监护人", "李大山", "关系", "祖父"],
    ]
    found = pupils(start_from(tmp_path, {"档案.xlsx": form}))
    assert set(found) == {"李小禾"}
    assert {key: found["李小禾"].get(key) for key in ("father_name", "father_phone", "guardian_name", "id_card")} == {
        "father_name": "李大田",
        "father_phone": "19900001111",
        "guardian_name": "李大山",
        "id_card": ANNA,
    }
    assert found["李小禾"]["guardian_relation"] == "祖父"


def test_a_line_speaks_for_the_rows_below_it(tmp_path: Path) -> None:
    rows = [["三2班", "李小禾", ANNA], ["以下已转出"], ["三2班", "王小麦", BAO], ["新增"], ["三2班", "陈小河", CHEN]]
    started = start_from(tmp_path, {"台账.xlsx": [TITLE, HEAD, *rows]})
    assert set(pupils(started)) == {"李小禾", "陈小河"}


def test_a_list_of_boarders_is_no_roster(tmp_path: Path) -> None:
    ledger = [TITLE, HEAD, ["三2班", "李小禾", ANNA], ["三2班", "王小麦", BAO]]
    boarders = [["三（2）班寄宿生花名册"], ["姓名", "性别"], ["李小禾", "女"]]
    started = start_from(tmp_path, {"台账.xlsx": ledger, "寄宿生.xlsx": boarders})
    assert set(pupils(started)) == {"李小禾", "王小麦"}
    assert [row.get("pupils") for row in mapping(started, "班级一览")] == [None]


def test_a_ledger_denies_a_child_in_whatever_column(tmp_path: Path) -> None:
    rows = [
        ["三2班", "李小禾", ANNA, "双留守"],
        ["三2班", "王小麦", BAO, "非留守"],
        ["三2班", "陈小河", CHEN, "不清楚了"],
    ]
    for title in ("留守类型", "家里情形"):
        started = start_from(tmp_path, {"台账.xlsx": [TITLE, [*HEAD, title], *rows]})
        assert "王小麦" not in pupils(started)
        assert "李小禾" in pupils(started)


def test_a_parent_whom_no_column_names_fills_nothing_and_is_told(tmp_path: Path) -> None:
    rows = [["三2班", "李小禾", ANNA, "李大田", "19900001111"]]
    started = start_from(tmp_path, {"台账.xlsx": [TITLE, [*HEAD, "家长姓名", "家长电话"], *rows]})
    assert not {"father_name", "guardian_name", "father_phone"} & pupils(started)["李小禾"].keys()
    assert [row["sure"] for row in mapping(started, "列的对照") if "家长" in row["words"]] == ["不确定"] * 2
