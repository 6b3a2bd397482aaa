"""The second run: what the admin chose, ticked and typed in 对照.xlsx is obeyed, and stands there as before."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pipeline.cli import main
from pipeline.errors import OperatorError
from schemas.class_workbook import PUPILS
from schemas.start_words import MAPPING_FILE
from schemas.tables import FIRST_DATA_ROW
from starting.drawn import card, choose_in, mapping, pairings, pupils, start_from
from starting.measuring import rows_of

ANNA, BAO = card("20170308", 2), card("20170409", 1)
LEDGER = [
    ["留守儿童台账"],
    ["班级", "姓名", "身份证号", "联系电话", "家里情况", "帮扶教师"],
    ["三2班", "李小禾", ANNA, "19900000001", "清水村一组", "陈青禾"],
    ["三2班", "王小麦", BAO, "19900000002", "清水村二组", ""],
]


def test_a_column_is_what_the_admin_says(tmp_path: Path) -> None:
    started = start_from(tmp_path, {"台账.xlsx": LEDGER})
    assert not [key for key in pupils(started)["李小禾"] if key in ("guardian_phone", "home_address")]
    choose_in(
        tmp_path,
        "列的对照",
        {"联系电话": "监护人电话", "家里情况": "家庭地址", "帮扶教师": "不用"},
        by="列名",
        into="改为",
    )
    for _ in range(2):  # what he said stands there the third time as well
        started = start_from(tmp_path, {"台账.xlsx": LEDGER})
        assert pupils(started)["李小禾"]["guardian_phone"] == "19900000001"
        assert pupils(started)["王小麦"]["home_address"] == "清水村二组"
        assert not [row for row in pairings(started) if "helper" in row]
    assert "监护人电话" in {row.get("change") for row in mapping(started, "列的对照")}


def test_children_are_ticked_where_there_is_no_ledger(tmp_path: Path) -> None:
    roster = [["姓名", "性别", "身份证号", "班级"], ["李小禾", "女", ANNA, "三2班"], ["王小麦", "男", BAO, "三2班"]]
    started = start_from(tmp_path, {"花名册.xlsx": roster})
    assert not pupils(started)
    assert len(mapping(started, "勾选名单")) == 2
    choose_in(tmp_path, "勾选名单", {"李小禾": "留守兼潜能", "王小麦": "不列入"}, by="姓名", into="列入")
    for _ in range(2):
        started = start_from(tmp_path, {"花名册.xlsx": roster})
        assert {name: row["category"] for name, row in pupils(started).items()} == {"李小禾": "留守兼潜能"}


def test_a_table_is_what_the_admin_says(tmp_path: Path) -> None:
    rows = [["姓名", "性别", "身份证号", "班级"], ["李小禾", "女", ANNA, "三2班"]]
    start_from(tmp_path, {"名单.xlsx": rows})
    choose_in(tmp_path, "来源的表", {"名单.xlsx": "留守儿童台账"}, by="文件", into="改为")
    assert set(pupils(start_from(tmp_path, {"名单.xlsx": rows}))) == {"李小禾"}


def test_usual_values_are_filled_in_where_nothing_is_known(tmp_path: Path) -> None:
    started = start_from(tmp_path, {"台账.xlsx": LEDGER})
    assert pupils(started)["李小禾"]["status"] == "在读"
    path = tmp_path / "out" / MAPPING_FILE
    book = openpyxl.load_workbook(path)
    sheet = book["常用值"]
    titles = [cell.value for cell in sheet[FIRST_DATA_ROW - 1]]
    sheet.cell(FIRST_DATA_ROW, titles.index("民族") + 1, "苗")
    sheet.cell(FIRST_DATA_ROW, titles.index("农村户籍") + 1, "是")
    sheet.cell(FIRST_DATA_ROW, titles.index("学籍状态") + 1).value = None
    book.save(path)
    found = pupils(start_from(tmp_path, {"台账.xlsx": LEDGER}))["李小禾"]
    assert (found["ethnicity"], found["rural"], found.get("status")) == ("苗族", "是", None)


def test_with_nothing_but_a_class_list_every_class_has_its_template(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    call = ["start", "--month", "2026-09", "--output", str(out)]
    assert main(call) == 0
    assert MAPPING_FILE in capsys.readouterr().out
    path = out / MAPPING_FILE
    book = openpyxl.load_workbook(path)
    for place, (grade, number, head) in enumerate([("三年级", "2", "王老师"), ("七年级", 1, "陈老师")]):
        for column, value in enumerate((grade, number, head, 40), 1):
            book["班级一览"].cell(FIRST_DATA_ROW + place, column, value)
    book["填表说明"]["B3"], book["填表说明"]["B4"] = "云溪镇中心学校", "5299001234"
    book.save(path)
    assert main(call) == 0
    issued = sorted(p.name for p in out.glob("*班_*.xlsx"))
    assert issued == ["七年级(1)班_2026-09.xlsx", "三年级(2)班_2026-09.xlsx"]
    cover = openpyxl.load_workbook(out / issued[1])["填表说明"]
    assert [cover.cell(row, 2).value for row in range(3, 9)] == [
        "云溪镇中心学校",
        "5299001234",
        "2026-09",
        "三年级",
        "2",
        "王老师",
    ]


def test_a_workbook_that_somebody_has_typed_into_is_never_overwritten(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    start_from(tmp_path, {"台账.xlsx": LEDGER})
    call = ["start", "--month", "2026-09", "--from", str(sources), "--output", str(tmp_path / "issued")]
    assert main(call) == 0
    path = tmp_path / "issued" / "三年级(2)班_2026-09.xlsx"
    book = openpyxl.load_workbook(path)
    book["学生档案"].cell(FIRST_DATA_ROW, 1).value = "改过的"
    book.save(path)
    typed = path.read_bytes()
    assert main(call) == 2
    assert path.read_bytes() == typed


def test_a_class_that_is_none_any_more_loses_its_untouched_workbook(tmp_path: Path) -> None:
    start_from(tmp_path, {"台账.xlsx": LEDGER})
    call = ["start", "--month", "2026-09", "--from", str(tmp_path / "sources"), "--output", str(tmp_path / "issued")]
    assert main(call) == 0
    moved = [[cell.replace("三2班", "四2班") if isinstance(cell, str) else cell for cell in row] for row in LEDGER]
    start_from(tmp_path, {"台账.xlsx": moved})
    assert main(call) == 0
    assert [p.name for p in (tmp_path / "issued").glob("*班_*.xlsx")] == ["四年级(2)班_2026-09.xlsx"]


def test_a_mapping_that_can_not_be_read_stops_the_run(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / MAPPING_FILE).write_bytes(b"no workbook")
    with pytest.raises(OperatorError, match="对照"):
        start_from(tmp_path, {"台账.xlsx": LEDGER})


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (start_from(tmp_path, {"台账.xlsx": LEDGER}) for _ in range(2))
    assert {name: data for name, data in first.contents.items() if name != MAPPING_FILE} == {
        name: data for name, data in second.contents.items() if name != MAPPING_FILE
    }
    assert rows_of(next(data for name, data in first.contents.items() if name.startswith("三年级")), PUPILS)
