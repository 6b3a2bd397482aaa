"""A school year from pre-filled templates: September to July, each month filled by hand into last month's templates."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from helpers.agreeing import assert_agrees
from helpers.handed_in import COLUMNS, as_handed_in
from helpers.measuring import measures_of
from helpers.running import month_of, rerun, run_month
from helpers.small import NAMES, pupil
from oracle.month import figures
from pipeline.publishing.balance import balances
from pipeline.result import Result
from pipeline.rounding import percent
from schemas.rules import ERROR
from schemas.tables import FIRST_DATA_ROW

MONTHS = ("2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-03", "2027-04", "2027-05", "2027-06", "2027-07")
PLACE = "三年级(2)班"
pytestmark = pytest.mark.slow  # ten months, each with its workbooks


class Hand:
    """Someone who fills a pre-filled workbook, and counts what is typed."""

    def __init__(self, path: Path) -> None:
        self.book = load_workbook(path)
        self.typed = 0

    def sheet(self, title: str) -> Worksheet:
        found: Worksheet = self.book[title]
        return found

    def rows(self, title: str) -> list[int]:
        sheet = self.sheet(title)
        return [n for n in range(FIRST_DATA_ROW, sheet.max_row + 1) if sheet.cell(n, 1).value not in (None, "")]

    def row_of(self, name: str) -> int:
        return next(n for n in self.rows("学生档案") if self.sheet("学生档案").cell(n, 1).value == name)

    def names(self) -> list[str]:
        return [str(self.sheet("学生档案").cell(n, 1).value) for n in self.rows("学生档案")]

    def put(self, title: str, row: int, cells: Mapping[str, Any]) -> None:
        for name, value in cells.items():
            self.sheet(title).cell(row, COLUMNS[title].index(name) + 1).value = value
            self.typed += 1

    def add(self, title: str, cells: Mapping[str, Any]) -> None:
        self.put(title, max([*self.rows(title), FIRST_DATA_ROW - 1]) + 1, cells)

    def month(self, text: str) -> None:
        cover = self.sheet("填表说明")
        row = next(n for n in range(1, 12) if cover.cell(n, 1).value == "报送月份")
        if cover.cell(row, 2).value != text:
            cover.cell(row, 2).value = text
            self.typed += 1

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(path)


def _records(hand: Hand, text: str) -> None:
    """Fill what is new every month: a talk, a call, a growth row for each child, one meeting."""
    day = date(int(text[:4]), int(text[5:]), 3)
    for name in hand.names():
        hand.add("谈心记录", {"日期": day, "学生姓名": name, "谈心人": "王老师", "谈心人身份": "班主任", "方式": "面谈", "主题": "学习",
                            "主要内容": f"{name}说了{text}的事"})  # fmt: skip
        hand.add("家校联系", {"日期": day, "学生姓名": name, "形式": "亲情电话", "联系对象": "父母"})
        hand.add("成长记录", {"学生姓名": name, "学习表现": "良好", "行为习惯": "良好", "心理状态": "良好", "缺勤天数": 0,
                            "成长日记": "有", "进步档案": "有", "个案触发": "无"})  # fmt: skip
    hand.add(
        "活动记录",
        {"日期": day, "活动类型": "留守儿童会", "活动名称": "留守儿童会", "组织人": "王老师", "参加学生": "全体"},
    )


def _next_month(base: Path, before: str, text: str) -> dict[str, Hand]:
    """Open last month's 下月模板: title → hand."""
    found = {}
    for path in sorted((base / "output" / before / "下月模板").glob("*.xlsx")):
        hand = Hand(path)
        hand.month(text)
        found[path.name.split("_")[0]] = hand
    return found


def _hand_in(base: Path, text: str, hands: Mapping[str, Hand]) -> Result:
    folder = base / "input" / text
    shutil.rmtree(folder, ignore_errors=True)
    for title, hand in hands.items():
        hand.save(folder / f"{title}.xlsx")
    return rerun(base, text)


def _in_balance(result: Result, roll: int) -> None:
    (own,) = balances(result)
    assert own.difference == 0
    assert own.after == roll


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Sequence[Result], Sequence[int]]:
    """Run the year once: (folder, results, cells typed into 学生档案, 联系卡 and 结对帮扶 each month)."""
    base = tmp_path_factory.mktemp("year")
    results = [run_month(base, month_of(MONTHS[0]), whole=True)]
    typed = [_typed_at_first(base)]
    for before, text in pairwise(MONTHS):
        hands = _next_month(base, before, text)
        own, school = hands[PLACE], hands["学校月报"]
        _happens(text, own, school)
        typed.append(own.typed)
        _records(own, text)
        results.append(_hand_in(base, text, hands))
    return base, results, typed


def _typed_at_first(base: Path) -> int:
    book = Hand(base / "input" / MONTHS[0] / "班级00.xlsx")
    sheets = [book.sheet(title) for title in ("学生档案", "联系卡", "结对帮扶")]
    return sum(cell.value is not None for sheet in sheets for row in sheet.iter_rows(FIRST_DATA_ROW) for cell in row)


def _happens(text: str, own: Hand, school: Hand) -> None:
    """What changes in a month: two cells or fewer, a child who comes, one who goes, one who is forgotten."""
    day = date(int(text[:4]), int(text[5:]), 2)
    first, second, _ = NAMES
    if text == "2026-10":
        own.put("学生档案", own.row_of(first), {"就读方式": "住校"})
        own.put("学生档案", own.row_of(second), {"困难类别": "低保"})
    if text == "2026-11":
        new = {**pupil("郑小溪", 7), "入班方式": "转入", "入班日期": day}
        own.add("学生档案", new)
        school.add("学籍异动", {"日期": day, "学生姓名": "郑小溪", "异动类型": "转入", "班级": PLACE})
    if text == "2026-12":
        own.sheet("学生档案").delete_rows(own.row_of(second))
        school.add("学籍异动", {"日期": day, "学生姓名": second, "异动类型": "转出", "班级": PLACE, "接收校确认": "是"})
    if text == "2027-03":
        own.sheet("学生档案").delete_rows(own.row_of("郑小溪"))  # forgotten, and not registered
    if text == "2027-04":
        row = own.row_of("郑小溪")  # the template has put him back
        own.put("学生档案", row, {"学籍状态": "在读"})
    if text == "2027-06":
        own.put("学生档案", own.row_of(first), {"学籍状态": "疑似辍学", "状态日期": day})


ROLL = {"2026-09": 3, "2026-10": 3, "2026-11": 4, "2026-12": 3, "2027-01": 3, "2027-03": 3, "2027-04": 3, "2027-05": 3,
        "2027-06": 3, "2027-07": 3}  # fmt: skip


def test_no_child_is_lost_and_every_month_balances(year: tuple[Path, Sequence[Result], Sequence[int]]) -> None:
    """Whoever comes, goes or is forgotten: last month's roll and this month's agree by person."""
    for result in year[1]:
        _in_balance(result, ROLL[str(result.month)])


def test_every_figure_agrees_with_the_oracle(year: tuple[Path, Sequence[Result], Sequence[int]]) -> None:
    """Each month's n and N, head counts, scores, 十个一, kept children and balance, from the files as handed in."""
    states: list[dict[str, Any]] = []
    for result in year[1]:
        told = figures(as_handed_in(year[0] / "input" / str(result.month), str(result.month)), states)
        assert_agrees(result, told)
        states.insert(0, told["state"])
    assert sum(person["L"] for person in states[0]["people"]) == ROLL[MONTHS[-1]]


def test_only_the_forgotten_child_is_an_error(year: tuple[Path, Sequence[Result], Sequence[int]]) -> None:
    """What the program filled in itself is never told to the teacher as wrong."""
    found = {str(r.month): [i.rule.code for i in r.issues if i.rule.level == ERROR] for r in year[1]}
    assert {month: codes for month, codes in found.items() if codes} == {"2027-03": ["E311"]}


def test_the_rates_of_the_year(year: tuple[Path, Sequence[Result], Sequence[int]]) -> None:
    """巩固率 falls with the forgotten child and rises when he is put right; the home visits of a term last through it."""
    kept = {str(r.month): measures_of(r)["school", "", "巩固率"] for r in year[1]}
    assert kept["2027-03"] == (2, 3)
    assert [kept[month] for month in MONTHS if month != "2027-03"] == [(3, 3), (3, 3), (4, 4), *[(3, 3)] * 6]
    visited = {str(r.month): measures_of(r).get(("school", "", "家访率"), (0, 0)) for r in year[1]}
    assert visited["2026-10"] == (3, 3)  # September's visits
    assert visited["2026-11"] == (3, 3)  # the newcomer owes none yet
    assert visited["2027-01"] == (2, 3)  # and now he does
    assert visited["2027-03"] == (0, 2)  # a new term
    talked = {str(r.month): measures_of(r).get(("school", "", "谈心达标率"), (0, 0)) for r in year[1]}
    assert talked["2027-04"] == (3, 3)
    assert talked["2027-07"] == (0, 0)


def test_a_month_of_two_changes_takes_less_than_a_tenth_of_the_typing(
    year: tuple[Path, Sequence[Result], Sequence[int]],
) -> None:
    """Cells of 学生档案, 联系卡 and 结对帮扶; the records of the month are new in any case."""
    assert year[2][1] == 2
    assert year[2][1] * 10 < year[2][0]


def test_a_month_run_again_is_the_same_to_the_byte(year: tuple[Path, Sequence[Result], Sequence[int]]) -> None:
    """With all its earlier months beside it."""
    base = year[0]
    folder = base / "output" / "2027-03"
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    rerun(base, "2027-03")
    after = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert before.keys() == after.keys()
    assert [name.name for name in before if before[name] != after[name]] in ([], ["run.json"])


def test_the_months_stand_side_by_side(year: tuple[Path, Sequence[Result], Sequence[int]]) -> None:
    """上月 is the latest month of the 学年; 学年走势 holds every month."""
    base = year[0]
    (path,) = (base / "output" / "2027-03" / "上报").glob("*.xlsx")
    rows = {row[0]: row for row in load_workbook(path, data_only=True)["目标达成"].iter_rows(values_only=True)}
    assert rows["指标"][6:8] == ("上月", "变化")
    assert rows["巩固率"][3:8] == ("66.67%", "100%", "未达标", "100.00%", "-33.33")
    trend = load_workbook(base / "output" / "2027-03" / "校内" / "考核与未达标.xlsx")["学年走势"]
    heads = next(row for row in trend.iter_rows(values_only=True) if row[0] == "指标")
    assert [head for head in heads[1:] if head] == list(MONTHS[:6])
    assert percent(2, 3) == "66.67%"


def test_in_september_the_classes_move_up(year: tuple[Path, Sequence[Result], Sequence[int]]) -> None:
    """Children stay, grades rise, a new year's history begins: nobody has vanished from the class that is gone."""
    base = year[0]
    from pipeline.cli import main

    assert main(["next", "--month", "2027-09", "--output", str(base / "output")]) == 0
    folder = base / "output" / "下月模板_2027-09"
    assert sorted(path.name for path in folder.glob("*.xlsx")) == ["四年级(2)班_2027-09.xlsx", "学校月报_2027-09.xlsx"]
    hands = {path.name.split("_")[0]: Hand(path) for path in sorted(folder.glob("*.xlsx"))}
    cover = hands["四年级(2)班"].sheet("填表说明")
    row = next(n for n in range(1, 12) if cover.cell(n, 1).value == "班主任")
    cover.cell(row, 2).value = "王老师"
    result = _hand_in(base, "2027-09", hands)
    assert [i.rule.code for i in result.issues if i.rule.level == ERROR] == []
    assert [(c.place, c.state) for c in result.turnout.classes] == [((4, 2), "已交")]
    assert int(result.measured.people["in_l"].sum()) == ROLL["2027-07"]
    assert result.history.snapshots == ()
