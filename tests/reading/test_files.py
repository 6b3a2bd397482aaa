"""What becomes of each file: handed in, empty, sent back, tied, spare, or unknown (contract §6, §8.11)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.beside import beside
from helpers.drawing import draw, draw_month
from helpers.small import small_month
from pipeline.model import Month
from pipeline.report import work_out
from pipeline.result import Result
from pipeline.stages.collect import collect
from schemas import rules
from schemas.rules import Rule


def _run(folder: Path) -> Result:
    return work_out(collect(folder), Month(2026, 10))


def _told(result: Result) -> list[tuple[Rule, str]]:
    return [(i.rule, i.cell) for i in result.issues if i.rule.level != rules.NOTE]


def _states(result: Result) -> list[str]:
    return [c.state for c in result.turnout.classes]


def _type_on_cover(path: Path, label: str, value: Any) -> None:
    book = openpyxl.load_workbook(path)
    row = next(row for row in book["填表说明"].iter_rows(max_col=1) if row[0].value == label)
    row[0].offset(column=1).value = value
    book.save(path)


COVERS = [
    # what is typed on 填表说明, what is told, the state of the class
    ({"报送月份": "2026-09"}, [(rules.WRONG_MONTH, "B5")], "退回"),
    ({"报送月份": "十月"}, [(rules.COVER_VALUE, "B5")], "退回"),
    ({"报送月份": datetime(2026, 10, 1)}, [], "已交"),
    ({"报送月份": "2026年10月"}, [], "已交"),
    ({"学校标识码": "5299009999"}, [(rules.OTHER_SCHOOL, "B4")], "退回"),
    ({"学校标识码": ""}, [(rules.NO_SCHOOL_CODE, "B4")], "已交"),
    *(({"报送月份": value}, [], "已交") for value in (46296, "2026年10月份")),  # a day that is shown as its number
    ({"学校标识码": "5299 001234"}, [], "已交"),
    ({"学校标识码": "无"}, [(rules.NO_SCHOOL_CODE, "B4")], "已交"),
    *(({"班级": value}, [], "已交") for value in ("三({number})班", "{number}.0", "第{number}班")),
    ({"班级": "{number}.1"}, [(rules.COVER_VALUE, "B7")], "未交"),
    ({"年级": "三年级({number})班"}, [], "已交"),
    ({"年级": "三年级(40)班"}, [(rules.COVER_VALUE, "B6")], "未交"),
    ({"班级": "很多班"}, [(rules.COVER_VALUE, "B7")], "未交"),
    ({"年级": "十年级"}, [(rules.COVER_VALUE, "B6")], "未交"),
    ({"年级": "三"}, [], "已交"),
    ({"班主任": "王　老师"}, [], "已交"),
    *(({"本月名册无变化": value}, [], "已交") for value in ("没有变化", "有变化", "/")),
    ({"本月名册无变化": "有"}, [(rules.COVER_VALUE, "B9")], "已交"),
    ({"班主任": ""}, [(rules.COVER_VALUE, "B8")], "已交"),
]


def test_what_is_repaired_on_the_cover_is_told_there(tmp_path: Path) -> None:
    """A note at each value that was read otherwise than typed (contract §8.19), labels with a remark behind them too."""
    month = small_month()
    month["classes"][0]["cover"] |= {"年级": "３ 年级", "班级": "二班", "班主任": "王 老师", "报送月份": "2026年10月"}
    draw_month(tmp_path, month)
    book = openpyxl.load_workbook(tmp_path / "班级00.xlsx")
    for cell in book["填表说明"]["A"]:
        cell.value = "年级【一年级…九年级】" if cell.value == "年级" else cell.value
    book.save(tmp_path / "班级00.xlsx")
    result = _run(tmp_path)
    told = {(i.cell, i.typed, i.words["want"]) for i in result.issues if i.rule is rules.REPAIRED}
    assert told == {
        ("B5", "2026年10月", "2026-10"),
        ("B6", "３␣年级", "三年级"),
        ("B7", "二班", "2"),
        ("B8", "王␣老师", "王老师"),
    }
    assert [c.state for c in result.turnout.classes] == ["已交"]


@pytest.mark.parametrize("is_complete", [False, True])
def test_the_cover_says_whose_file_it_is(is_complete: bool, tmp_path: Path) -> None:
    """What is wrong on 填表说明, a class each, stands at the value's cell; only 已交 counts."""
    covers = [cover for cover in COVERS if cover[2] == "已交" or not is_complete]
    months = beside(small_month() for _ in covers)
    for number, (own, (typed, _, _)) in enumerate(zip(months["classes"], covers, strict=True), start=1):
        said = {
            label: value.format(number=number) if isinstance(value, str) else value for label, value in typed.items()
        }
        own["cover"] |= said
    draw_month(tmp_path, months)
    for number, (typed, _, _) in enumerate(covers):
        for label, value in typed.items():
            if isinstance(value, datetime):  # by another program: ours write what is typed
                _type_on_cover(tmp_path / f"班级{number:02d}.xlsx", label, value)
    result = _run(tmp_path)
    files = {s.file.name: s.file.id for s in result.submissions}
    states = {c.place: c.state for c in result.turnout.classes}
    for number, (_, told, state) in enumerate(covers):
        own = files[f"班级{number:02d}.xlsx"]
        assert [(i.rule, i.cell) for i in result.issues if i.file == own and i.rule.level != rules.NOTE] == told
        assert states[3, number + 1] == state
    assert len(_told(result)) == sum(len(told) for _, told, _ in covers)
    assert len(states) == len(covers)
    assert result.turnout.is_complete == is_complete


def test_a_class_that_is_not_listed_counts_all_the_same(month: dict[str, Any], tmp_path: Path) -> None:
    """班级一览 lacks the class: an error at its cell, and its children are counted; the listed one is 未交."""
    month["school"]["sheets"]["班级一览"][0]["班级"] = 7
    draw_month(tmp_path, month)
    result = _run(tmp_path)
    assert _told(result) == [(rules.CLASS_NOT_LISTED, "B7")]
    assert _states(result) == ["已交", "未交"]
    assert int(result.measured.heads["in_l"].sum()) == 3


_NOBODY = {"留守儿童数": 0, "潜能生数": None}
_DECLARED = (
    (_NOBODY, "已交"),
    ({"留守儿童数": 3}, "空表"),
    ({"留守儿童数": None}, "空表"),
    (_NOBODY | {"潜能生数": "若干"}, "空表"),
    (_NOBODY | {"潜能生数": 2}, "空表"),
    ({"留守儿童数": "若干", "潜能生数": 0, "学生总数": 0}, "空表"),
    ({"留守儿童数": 3, "潜能生数": 0, "学生总数": 0}, "空表"),
)


@pytest.mark.parametrize(("declared", "state"), _DECLARED)
def test_an_empty_roster_is_empty_unless_it_was_declared(
    declared: dict[str, Any], state: str, month: dict[str, Any], tmp_path: Path
) -> None:
    """No pupil row is 空表, unless 班级一览 declares 0; a count in error, or one of more, declares nothing."""
    month["classes"][0]["sheets"] = {}
    month["school"]["sheets"]["班级一览"][0] |= declared
    draw_month(tmp_path, month)
    assert _states(_run(tmp_path)) == [state]


def _drop_column(path: Path, sheet: str, title: str) -> None:
    book = openpyxl.load_workbook(path)
    place = next(cell.column for cell in book[sheet][3] if cell.value == title)
    book[sheet].delete_cols(place)
    book.save(path)


def test_a_roster_without_a_required_column_is_sent_back(month: dict[str, Any], tmp_path: Path) -> None:
    """A 是 column of 学生档案 missing: the file is refused whole."""
    draw_month(tmp_path, month)
    _drop_column(tmp_path / "班级00.xlsx", "学生档案", "民族")
    result = _run(tmp_path)
    assert (_told(result), _states(result)) == ([(rules.COLUMN_MISSING_FILE, "")], ["退回"])


def test_another_sheet_without_a_required_column_counts_for_nothing(month: dict[str, Any], tmp_path: Path) -> None:
    """A 是 column of 谈心记录 missing: one error for the sheet, and every row of it is a row with an error."""
    draw_month(tmp_path, month)
    _drop_column(tmp_path / "班级00.xlsx", "谈心记录", "主题")
    result = _run(tmp_path)
    assert (_told(result), _states(result)) == ([(rules.COLUMN_MISSING, "")], ["已交"])
    school = result.measured.measures.query("level == 'school' and over == 'L'").set_index("figure")
    assert school.at["talked", "n"] == 0
    assert school.at["rows_clean", "N"] - school.at["rows_clean", "n"] == 3


def _save_at(path: Path, when: datetime) -> None:
    """Save a workbook as if at a time (openpyxl writes its own clock, so the part is patched)."""
    import zipfile

    parts = {i: zipfile.ZipFile(path).read(i) for i in zipfile.ZipFile(path).namelist()}
    import re

    parts["docProps/core.xml"] = re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*",
        rb"\g<1>" + when.strftime("%Y-%m-%dT%H:%M:%SZ").encode(),
        parts["docProps/core.xml"],
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_of_two_files_alike_one_is_used(month: dict[str, Any], tmp_path: Path) -> None:
    """The same values twice: a note, and the class is 已交."""
    draw_month(tmp_path, month)
    draw(tmp_path / "副本.xlsx", "班级月报", month["classes"][0])
    result = _run(tmp_path)
    assert [i.rule for i in result.issues] == [rules.SAME_FILE_TWICE]
    assert _states(result) == ["已交"]


def test_of_two_files_the_later_saved_is_used(month: dict[str, Any], tmp_path: Path) -> None:
    """Different values: the one saved last by its own properties counts, the other is told with the count of cells."""
    draw_month(tmp_path, month)
    month["classes"][0]["sheets"]["谈心记录"][0]["主题"] = "安全"
    draw(tmp_path / "甲.xlsx", "班级月报", month["classes"][0])
    _save_at(tmp_path / "甲.xlsx", datetime(2026, 11, 2, 8, 0))
    result = _run(tmp_path)
    [issue] = result.issues
    assert (issue.rule, issue.words["count"]) == (rules.TWO_FILES_LATER, 1)
    assert result.submissions[issue.file].file.name == "班级00.xlsx"
    assert _states(result) == ["已交"]


def _other_school(path: Path, title: str, book: dict[str, Any]) -> None:
    draw(path, title, {**book, "cover": {**book["cover"], "学校标识码": "5299009999", "学校名称": "别的学校（虚构）"}})


@pytest.mark.parametrize("title", ["班级月报", "学校月报"])
def test_a_file_of_another_school_takes_nobodys_place(title: str, month: dict[str, Any], tmp_path: Path) -> None:
    """Of the same class, saved later, or that school's own 学校月报: it is refused, and ours counts as if alone."""
    draw_month(tmp_path, month)
    _other_school(tmp_path / "别校.xlsx", title, month["classes"][0] if title == "班级月报" else month["school"])
    _save_at(tmp_path / "别校.xlsx", datetime(2030, 11, 2, 8, 0))
    result = _run(tmp_path)
    assert _told(result) == [(rules.OTHER_SCHOOL, "B4")]
    assert result.submissions[result.issues[0].file].file.name == "别校.xlsx"
    assert _states(result) == ["已交"]


def test_of_two_files_that_can_not_be_told_apart_neither_is_used(month: dict[str, Any], tmp_path: Path) -> None:
    """Different values saved at the same time: both are told, the class is 重复."""
    draw_month(tmp_path, month)
    month["classes"][0]["sheets"]["谈心记录"][0]["主题"] = "安全"
    draw(tmp_path / "甲.xlsx", "班级月报", month["classes"][0])
    result = _run(tmp_path)
    assert _told(result) == [(rules.TWO_FILES_UNDECIDED, "")] * 2
    assert _states(result) == ["重复"]
