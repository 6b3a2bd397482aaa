"""The return loop: a marked workbook comes back, is mended or explained, is handed in again, and is clean."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from helpers.by_hand import fill_month_by_hand
from helpers.measuring import measures_of
from helpers.ods import as_ods
from helpers.running import handed_back
from pipeline.model import Month
from pipeline.months.history import read_history
from pipeline.report import report, work_out
from pipeline.result import Result
from pipeline.stages.collect import collect
from plants.base import CLASS_FILE, cell, letter
from schemas import letter_words
from schemas.tables import RETURN_SHEET

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
Change = Callable[[Any], None]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """The clean month's folder, filled by hand."""
    folder = tmp_path / "in"
    folder.mkdir()
    fill_month_by_hand(folder)
    return folder


def edit(path: Path, change: Change) -> None:
    """Open a workbook, change it, save it."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def run(inbox: Path, *, whole: bool = False) -> tuple[Result, Path]:
    """Work the folder out and hand its workbooks back (`whole`: report on it); return the result and where it lies."""
    target = inbox.parent / "out" / str(OCTOBER)
    if whole:
        return report(collect(inbox), OCTOBER, target)[0], target
    return handed_back(inbox, OCTOBER, target), target


def look(inbox: Path, month: Month = OCTOBER) -> Result:
    """Work the folder out as `run` does, and write nothing."""
    return work_out(collect(inbox), month, history=read_history(inbox.parent / "out" / str(month), month))


def told(result: Result) -> list[tuple[str, str]]:
    """Return what is open: (rule, cell)."""
    return [(issue.rule.code, issue.cell) for issue in result.issues if issue.is_open]


def hand_in_again(inbox: Path, target: Path, change: Change) -> None:
    """Change the returned workbook and put it back in place of the first."""
    shutil.copy(target / "退回" / CLASS_FILE, inbox / CLASS_FILE)
    edit(inbox / CLASS_FILE, change)


def letter_line(sheet: Worksheet, code: str) -> dict[str, Any]:
    """Return title → cell of the letter's line of a rule."""
    rows = list(sheet.iter_rows())
    head = next(row for row in rows if row[0].value == letter_words.POSITION)
    titles = [found.value for found in head]
    line = next(row for row in rows[head[0].row :] if row[titles.index(letter_words.RULE)].value == code)
    return dict(zip(titles, line, strict=True))


def explain(words: str, code: str = "W303") -> Change:
    """Write words beside a rule's line of the letter."""

    def change(book: Any) -> None:
        letter_line(book[RETURN_SHEET], code)[letter_words.EXPLANATION].value = words

    return change


def _off_duty(folder: Path) -> None:
    """王老师 is no longer on duty: a warning at each talk of hers, one of them left."""

    def change(book: Any) -> None:
        sheet = book["教职工"]
        sheet[cell("教职工", "在岗")].value = "否"

    edit(folder / "学校月报.xlsx", change)

    def one_talk(book: Any) -> None:
        for row in (1, 2):
            for title in ("谈心人", "谈心人身份"):
                book["谈心记录"][cell("谈心记录", title, row)].value = "陈老师" if title == "谈心人" else "任课教师"

    edit(folder / CLASS_FILE, one_talk)


def test_an_explained_warning_stays_settled_until_its_value_changes(inbox: Path) -> None:
    """Words in 说明 settle it, this month and after, whatever file and row; another value opens it again."""
    _off_duty(inbox)
    result, target = run(inbox, whole=True)
    place = cell("谈心记录", "谈心人")
    assert told(result) == [("W303", place)]
    hand_in_again(inbox, target, explain("十月底才离岗"))
    result, target = run(inbox, whole=True)
    assert told(result) == []
    assert [i.explained for i in result.issues] == ["十月底才离岗"]
    assert not (target / "退回").exists()
    assert [(c.warning_count, c.explained_count) for c in result.turnout.classes] == [(0, 1)]

    edit(inbox / CLASS_FILE, lambda book: book.remove(book[RETURN_SHEET]))  # the month's data remember
    edit(inbox / CLASS_FILE, lambda book: book["谈心记录"].insert_rows(4))
    assert told(run(inbox)[0]) == []
    place = cell("谈心记录", "谈心人", 1)
    assert told(work_out(collect(inbox), OCTOBER)) == [("W303", place)]  # without them it is open

    def november(book: Any) -> None:
        cover = book["填表说明"]
        next(row[1] for row in cover.iter_rows() if row[0].value == "报送月份").value = "2026-11"
        book["谈心记录"]["A5"].value = "2026-11-03"

    for path in inbox.iterdir():
        edit(path, lambda book: november(book) if "谈心记录" in book.sheetnames else _month(book, "2026-11"))
    result = look(inbox, NOVEMBER)
    assert ("W303", place) not in told(result)
    assert "十月底才离岗" in [i.explained for i in result.issues]
    edit(inbox / CLASS_FILE, lambda book: _put(book["谈心记录"]["B5"], "孙小树"))
    assert ("W303", place) in told(look(inbox, NOVEMBER))


def _put(found: Any, value: Any) -> None:
    found.value = value


def _month(book: Any, month: str) -> None:
    next(row[1] for row in book["填表说明"].iter_rows() if row[0].value == "报送月份").value = month


def test_an_explanation_can_be_taken_back(inbox: Path) -> None:
    """Emptied in 说明, the warning is open again."""
    _off_duty(inbox)
    edit(inbox / CLASS_FILE, lambda book: _put(book["学生档案"][cell("学生档案", "性别")], "某某"))
    _, target = run(inbox)
    hand_in_again(inbox, target, explain("属实"))
    result, target = run(inbox)
    assert [code for code, _ in told(result)] == ["E103"]
    hand_in_again(inbox, target, explain(""))
    assert [code for code, _ in told(look(inbox))] == ["E103", "W303"]


def test_an_error_can_not_be_explained_away(inbox: Path) -> None:
    """Words beside an error are kept and shown, and change nothing."""
    clean = measures_of(look(inbox))
    edit(inbox / CLASS_FILE, lambda book: _put(book["学生档案"][cell("学生档案", "性别")], "某某"))
    before, target = run(inbox)
    hand_in_again(inbox, target, explain("没有问题", "E103"))
    after, target = run(inbox)
    assert told(after) == told(before) == [("E103", cell("学生档案", "性别"))]
    assert measures_of(after) == measures_of(before) != clean
    book = openpyxl.load_workbook(target / "退回" / CLASS_FILE)
    assert letter_line(book[RETURN_SHEET], "E103")[letter_words.EXPLANATION].value == "没有问题"


def test_old_marks_are_not_carried_over(inbox: Path) -> None:
    """Of two marked cells one is mended: its colour and comment are gone, a cell's own colour is back."""
    own = openpyxl.styles.PatternFill("solid", fgColor="FF92D050")
    places = [cell("学生档案", "性别"), cell("学生档案", "民族", 1)]

    def spoil(book: Any) -> None:
        book["学生档案"][places[0]].fill = own
        for place in places:
            book["学生档案"][place].value = "某某"

    def mend(book: Any) -> None:
        sheet = book["学生档案"]
        assert all(sheet[place].fill.fgColor.rgb == "FFF4B6B6" and sheet[place].comment for place in places)
        sheet[places[0]].value = "男"

    edit(inbox / CLASS_FILE, spoil)
    _, target = run(inbox)
    hand_in_again(inbox, target, mend)
    result, target = run(inbox)
    assert told(result) == [("E103", places[1])]
    sheet = openpyxl.load_workbook(target / "退回" / CLASS_FILE)["学生档案"]
    assert (sheet[places[0]].fill.fgColor.rgb, sheet[places[0]].comment) == ("FF92D050", None)
    assert sheet[places[1]].fill.fgColor.rgb == "FFF4B6B6"
    assert "民族" in sheet[places[1]].comment.text
    assert sum(found.comment is not None for row in sheet.iter_rows() for found in row) == 1


def test_a_damaged_ledger_is_said_and_the_run_goes_on(inbox: Path) -> None:
    """What was explained counts no more, and the admin is told so."""
    _off_duty(inbox)
    _, target = run(inbox)
    hand_in_again(inbox, target, explain("属实"))
    _, target = run(inbox)
    edit(inbox / CLASS_FILE, lambda book: book.remove(book[RETURN_SHEET]))
    (target / "数据" / "explanations.parquet").write_bytes(b"PAR1 no more")
    result = look(inbox)
    assert [code for code, _ in told(result)] == ["W303"]
    assert len(result.remarks) == 1
    assert "2026-10" in result.remarks[0]


# --- what can't be marked itself -------------------------------------------------------------------------------


def test_what_can_not_be_marked_comes_back_as_a_fresh_template(inbox: Path) -> None:
    """An ODS with two rows too many comes back as a template with its content, marked at the template's cells."""
    clean = measures_of(look(inbox))

    def spoil(book: Any) -> None:
        sheet = book["学生档案"]
        sheet[cell("学生档案", "性别", 1)].value = "某某"
        sheet.insert_rows(5, 2)
        book["谈心记录"][cell("谈心记录", "方式", 1)].value = "同上"

    edit(inbox / CLASS_FILE, spoil)
    as_ods(inbox / CLASS_FILE)
    result, target = run(inbox)
    assert [code for code, _ in told(result)] == ["E103"]
    book = openpyxl.load_workbook(target / "退回" / CLASS_FILE)
    place = cell("学生档案", "性别", 1)
    assert letter_line(book[RETURN_SHEET], "E103")[letter_words.POSITION].value == f"学生档案!{place}"
    assert book["学生档案"][place].fill.fgColor.rgb == "FFF4B6B6"
    assert book["学生档案"].data_validations.count > 20
    assert book["谈心记录"][cell("谈心记录", "方式", 1)].value == "面谈"
    (inbox / CLASS_FILE).with_suffix(".ods").unlink()
    hand_in_again(inbox, target, lambda book: _put(book["学生档案"][place], "女"))
    result = look(inbox)
    assert told(result) == []
    assert measures_of(result) == clean


# --- nothing of the teacher's file is lost ---------------------------------------------------------------------


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_EXTENSION = b'<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:none xmlns:x14="urn:x14"/></ext></extLst>'


_RICH = "<is><r><rPr><b/></rPr><t>注：</t></r><r><t>粗细都有</t></r></is>"
_RICH_ROW = f'<row r="400"><c r="A400" t="inlineStr">{_RICH}</c></row>'


def _with_extras(path: Path) -> None:
    """Put in what libraries drop: an extension of the sheet, rich text, a part that nobody knows."""
    parts = _parts(path)
    name = "xl/worksheets/sheet2.xml"
    parts[name] = parts[name].replace(b"</worksheet>", _EXTENSION + b"</worksheet>")
    parts[name] = parts[name].replace(b"</sheetData>", _RICH_ROW.encode() + b"</sheetData>")
    parts["xl/media/image1.png"] = b"\x89PNG no more than a part"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)


def _canonical(xml: bytes) -> str:
    return canonicalize(xml.decode())


def test_nothing_else_of_the_workbook_changes(inbox: Path) -> None:
    """Part by part: only the marked sheet, styles, the book's own lists are touched, and those by additions."""
    edit(inbox / CLASS_FILE, lambda book: _put(book["学生档案"][cell("学生档案", "性别")], "某某"))
    _with_extras(inbox / CLASS_FILE)
    _, target = run(inbox)
    before, after = _parts(inbox / CLASS_FILE), _parts(target / "退回" / CLASS_FILE)
    changed = {name for name in before if after[name] != before[name]}
    sheet = "xl/worksheets/sheet2.xml"
    assert sheet in changed
    others = changed - {sheet, "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml"}
    assert all(name.endswith(".rels") or "worksheets/" in name for name in others)
    for name in (n for n in others if "worksheets/" in n and not n.endswith(".rels")):
        assert _canonical(before[name].replace(b'tabSelected="1"', b'tabSelected="0"')) == _canonical(after[name])
    was, now = (re.sub(rb"\s*/>", b"/>", xml) for xml in (before[sheet], after[sheet]))
    assert now.index(b"<legacyDrawing") < now.index(b"<extLst")
    assert _RICH.encode() in now
    assert b'<x14:none xmlns:x14="urn:x14"/>' in now
    place = letter("学生档案", "性别").encode() + b"4"
    assert was.count(b"<c ") == now.count(b"<c ")
    assert len(re.findall(rb"<dataValidation ", was)) == len(re.findall(rb"<dataValidation ", now))
    cells = [dict(re.findall(rb'<c r="([A-Z]+\d+)"(.*?)>', xml)) for xml in (was, now)]
    assert {key for key in cells[0] if cells[0][key] != cells[1][key]} == {place, b"A400"}  # the footnote is noted
