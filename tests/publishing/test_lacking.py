"""未达标清单 and 未达标名单: a line a child, a column a figure, and once what a whole class or school lacks (contract §7)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from helpers.changes import two_classes
from helpers.measuring import result_of
from helpers.running import month_of, sheet
from helpers.small import NAMES, card, pupil
from pipeline.county.bureau_reader import read_bureau
from pipeline.excel.render import write_book
from pipeline.publishing.bureau import bureau_book
from pipeline.publishing.by_child import SCHOOL, by_child
from pipeline.publishing.school_only import scores_book
from schemas.figures import LACKS
from schemas.short_lacks import SHORT, shortly

Row = dict[str, Any]


def _lacking(plain: dict[str, Any], path: Path) -> tuple[list[Row], list[Row]]:
    """Return what stands once, and the lines of the children, as the bureau reads them."""
    write_book(path, bureau_book(result_of(plain)))
    found = read_bureau(path.read_bytes())
    return found.rows("lacking_common"), found.rows("lacking")


def _without(title: str, *names: str) -> Any:
    def change(plain: dict[str, Any]) -> None:
        rows = sheet(plain, title)
        rows[:] = [row for row in rows if row["学生姓名"] not in names]

    return change


def test_a_child_has_one_line_with_a_column_a_figure(tmp_path: Path) -> None:
    """No talk and no pairing: one line, three columns, in few words; what is met is an empty cell."""

    def change(plain: dict[str, Any]) -> None:
        _without("谈心记录", NAMES[0], NAMES[1])(plain)
        _without("结对帮扶", NAMES[0])(plain)

    common, children = _lacking(month_of("2026-10", change), tmp_path / "x.xlsx")
    assert common == []
    assert [row["pupil"] for row in children] == ["李**", "钱**"]
    assert {row["grade"] for row in children} == {"三年级"}
    assert children[0]["figures.谈心达标率"] == children[1]["figures.谈心达标率"] == "0/1次"
    assert children[0]["figures.教师结对率"] == "没有"
    assert children[1]["figures.教师结对率"] == ""
    assert "figures.建档率" not in children[0]  # nobody lacks it


def test_two_who_look_alike_are_told_apart(tmp_path: Path) -> None:
    """Two of 李** in one class: each has a number, by the roster; the one that lacks nothing has the other."""

    def change(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案").append(pupil("李小明", 9))
        sheet(plain, "联系卡").append(card("李小明"))

    _, children = _lacking(month_of("2026-10", change), tmp_path / "x.xlsx")
    assert [row["pupil"] for row in children] == ["李**（2）"]


def test_what_a_whole_class_lacks_stands_once(tmp_path: Path) -> None:
    """Nobody of the class was talked to: one row above with the number of children, no line of a child."""
    common, children = _lacking(month_of("2026-10", lambda p: sheet(p, "谈心记录").clear()), tmp_path / "x.xlsx")
    assert children == []
    assert [(row["grade"], row["class"], row["figure"], row["count"]) for row in common] == [
        ("三年级", 2, "谈心达标率", 3)
    ]


def test_what_every_class_lacks_is_the_schools() -> None:
    """Two classes without a meeting of the month: one row of the school; with one meeting less, a row of the class."""

    def change(plain: dict[str, Any]) -> None:
        two_classes(plain)
        sheet(plain, "活动记录").clear()

    common = by_child(result_of(month_of("2026-10", change))).common
    assert [one.place for one in common if one.figure == "class_met"] == [SCHOOL]
    common = by_child(result_of(month_of("2026-10", two_classes))).common
    assert [one.place for one in common if one.figure == "class_met"] == [(3, 3)]


def test_nobody_is_lost_between_the_two(tmp_path: Path) -> None:
    """Children in the lines and in what stands once add up to N − n of every figure over children."""

    def change(plain: dict[str, Any]) -> None:
        sheet(plain, "谈心记录").clear()
        _without("家校联系", NAMES[2])(plain)
        sheet(plain, "学生档案")[1]["出生日期"] = date(2030, 1, 1)
        sheet(plain, "学生档案")[1]["母亲状况"] = "打工去了吗"

    result = result_of(month_of("2026-10", change))
    found = by_child(result)
    school = result.measured.measures.query("level == 'school' and over == 'L'").set_index("figure")
    for figure in ("archived", "talked", "called", "visited", "guardian_met", "teacher_paired"):
        lines = sum(figure in child.lacks for child in found.children)
        once = sum(one.child_count for one in found.common if one.figure == figure)
        assert lines + once == school.at[figure, "N"] - school.at[figure, "n"], figure


def test_the_schools_own_list_names_them_and_is_sorted_by_class(tmp_path: Path) -> None:
    """Full names, class by class in the order of the roster; every figure links to the first who lacks it."""

    def change(plain: dict[str, Any]) -> None:
        two_classes(plain)
        _without("谈心记录", NAMES[2], NAMES[0])(plain)

    path = tmp_path / "x.xlsx"
    write_book(path, scores_book(result_of(month_of("2026-10", change))))
    book = load_workbook(path)
    rows = [row for row in book["未达标名单"].iter_rows(values_only=True) if row[2] in (*NAMES, "周小溪")]
    assert [row[:3] for row in rows] == [("三年级", 2, NAMES[0]), ("三年级", 2, NAMES[2]), ("三年级", 3, "周小溪")]
    linked = {cell.value: cell.hyperlink.location for (cell, *_) in book["指标一览"].iter_rows() if cell.hyperlink}
    sheet_name, _, cell = linked["谈心达标率"].partition("!")
    assert sheet_name.strip("'") == "未达标名单"
    assert book["未达标名单"][cell].value == "0/1次"


@pytest.mark.parametrize("figure", SHORT)
def test_every_sentence_has_its_short_form(figure: str) -> None:
    """No figure's column repeats the whole sentence: its head says what it is about."""
    detail = "甲、乙" if figure != "rows_clean" else "2"
    lack = LACKS[figure].format(detail=detail)
    assert len(shortly(figure, lack)) <= max(8, len(detail) + 2)
