"""Our own templates are clean: handed back untouched they tell nothing but what truly still stands (contract §1)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.changes import CLASS, two_classes
from helpers.running import drop_child, month_of, run_month, school_sheet, sheet
from helpers.sampling import some
from helpers.small import NAMES, id_card, pupil
from pipeline import cli
from pipeline.model import Month
from pipeline.months.history import read_history
from pipeline.report import work_out
from pipeline.result import Result
from pipeline.stages.collect import collect
from schemas import rules
from schemas.tables import FIRST_DATA_ROW, HEADER_ROW

Change = Callable[[dict[str, Any]], None]
NEW = id_card(date(2016, 3, 1), 71)


def _renumbered(plain: dict[str, Any]) -> None:
    row = {"日期": date(2026, 11, 5), "学生姓名": NAMES[0], "异动类型": "信息更正", "班级": CLASS, "身份证号": NEW}
    school_sheet(plain, "学籍异动").append({**row, "原证件号": sheet(plain, "学生档案")[0]["身份证号"]})
    sheet(plain, "学生档案")[0].update({"身份证号": NEW, "学籍号": "G" + NEW})


def _moved(plain: dict[str, Any]) -> None:
    """The first child stands in the other class now."""
    two_classes(plain)
    row = sheet(plain, "学生档案")[0]
    drop_child(plain, NAMES[0])
    plain["classes"][1]["sheets"]["学生档案"].append(row)


def _gone(plain: dict[str, Any]) -> None:
    row = {"日期": date(2026, 11, 5), "学生姓名": NAMES[0], "异动类型": "转出", "班级": CLASS, "接收校确认": "是"}
    school_sheet(plain, "学籍异动").append(row)


STORIES: dict[str, tuple[Change, Change]] = {
    "as ever": (lambda plain: None, lambda plain: None),
    "a child who vanished": (lambda plain: None, lambda plain: drop_child(plain, NAMES[0])),
    "a corrected number": (lambda plain: None, _renumbered),
    "a child who moved": (two_classes, _moved),
    "a child who left": (lambda plain: None, _gone),
}
# Of the school's own books, which the template carries over: the admin has to mend them, in November as in December.
STANDING = {rules.DECLARED_COUNT, rules.DESTINATION_DIFFERS}


@pytest.mark.parametrize("what", some(STORIES, 3))
def test_the_next_month_tells_nothing(what: str, tmp_path: Path) -> None:
    """October, November, then December by what November's report gives: nothing to mend, nobody lost."""
    october, november = STORIES[what]
    run_month(tmp_path, month_of("2026-10", october))
    told = {issue.rule for issue in run_month(tmp_path, month_of("2026-11", november), whole=True).issues}
    for is_ticked in (False, True):
        templates = tmp_path / "output" / "2026-11" / "下月模板"
        december = _handed_back(tmp_path, templates, "2026-12", is_ticked=is_ticked)
        assert {i.rule for i in december.issues if i.rule.level != rules.NOTE} <= told & STANDING
        names = [*december.merged.tables["pupils"].values["name"]]
        assert len(names) == len(set(names)), "a child stands in one template only"


def test_the_new_school_year_tells_nothing(tmp_path: Path) -> None:
    """June, then September by `guanai next`: every class a grade higher, nobody missing."""
    run_month(tmp_path, month_of("2027-06"))
    assert cli.main(["next", "--month", "2027-09", "--output", str(tmp_path / "output")]) == 0
    for is_ticked in (False, True):
        templates = tmp_path / "output" / "下月模板_2027-09"
        september = _handed_back(tmp_path, templates, "2027-09", is_ticked=is_ticked)
        assert [(i.rule.code, i.sentence) for i in september.issues if i.rule.level != rules.NOTE] == []
        assert [c.place for c in september.turnout.classes] == [(4, 2)]


def test_a_month_without_any_child_has_templates_too(tmp_path: Path) -> None:
    """The school's workbook alone: its classes are due, and nobody is in them."""
    alone = month_of("2026-10")
    alone["classes"] = []
    run_month(tmp_path, alone, whole=True)
    names = sorted(path.name for path in (tmp_path / "output" / "2026-10" / "下月模板").iterdir())
    assert "学校月报_2026-11.xlsx" in names


def _handed_back(base: Path, templates: Path, text: str, *, is_ticked: bool) -> Result:
    """Work a month out from the templates as they were issued."""
    inbox = base / "input" / text
    shutil.rmtree(inbox, ignore_errors=True)
    shutil.copytree(templates, inbox, ignore=shutil.ignore_patterns(".*"))
    for path in inbox.glob("*班*.xlsx") if is_ticked else ():
        book = openpyxl.load_workbook(path)
        for label, value, *_ in book["填表说明"].iter_rows(max_col=2):
            if label.value == "本月名册无变化":
                value.value = "是"
        book.save(path)
    month = Month.parse(text)
    return work_out(collect(inbox), month, history=read_history(base / "output" / text, month))


def test_a_row_like_a_corrected_number_stands_alone_until_somebody_says_who_it_is(tmp_path: Path) -> None:
    """Our template holds the row that is there; what its cover advises, followed either way, ends the matter."""
    old, silently = pupil(NAMES[0], 1), {"身份证号": NEW, "学籍号": "G" + NEW}
    run_month(tmp_path, month_of("2026-10"))
    run_month(tmp_path, month_of("2026-11", lambda plain: sheet(plain, "学生档案")[0].update(silently)), whole=True)
    templates = tmp_path / "output" / "2026-11" / "下月模板"
    mine, school = (templates / f"{name}_2026-12.xlsx" for name in (CLASS, "学校月报"))
    issued = openpyxl.load_workbook(mine)
    cover = [str(row[0]) for row in issued["填表说明"].iter_rows(max_col=1, values_only=True)]
    assert sum("没有放回名册" in line and NAMES[0] in line for line in cover) == 1
    untouched = _handed_back(tmp_path, templates, "2026-12", is_ticked=False)
    assert {"E311", "W323"} <= {issue.rule.code for issue in untouched.issues}
    assert [*untouched.merged.tables["pupils"].values["name"]].count(NAMES[0]) == 2, (
        "who is missing stays in the figures"
    )

    with _kept_as_it_is(mine):
        _type_row(mine, "学生档案", {**old, "档案编号": "2026-0999"})
        put_back = _handed_back(tmp_path, templates, "2026-12", is_ticked=False)
        assert not {"E311", "W323"} & {issue.rule.code for issue in put_back.issues}
        assert [*put_back.merged.tables["pupils"].values["name"]].count(NAMES[0]) == 2
    row = {"日期": date(2026, 12, 3), "学生姓名": NAMES[0], "异动类型": "信息更正", "班级": CLASS, "身份证号": NEW}
    _type_row(school, "学籍异动", {**row, "原证件号": old["身份证号"]})
    corrected = _handed_back(tmp_path, templates, "2026-12", is_ticked=False)
    assert [issue.rule.code for issue in corrected.issues if issue.rule.level != rules.NOTE] == []
    assert [*corrected.merged.tables["pupils"].values["name"]].count(NAMES[0]) == 1


@contextmanager
def _kept_as_it_is(path: Path) -> Iterator[None]:
    data = path.read_bytes()
    yield
    path.write_bytes(data)


def _type_row(path: Path, title: str, cells: dict[str, Any]) -> None:
    """Type a row below those of a sheet, by another program."""
    book = openpyxl.load_workbook(path)
    own = book[title]
    places = {cell.value: cell.column for cell in own[HEADER_ROW]}
    keys = [places[key] for key in ("学生姓名", "姓名") if key in places]
    empty = next(row for row in range(FIRST_DATA_ROW, own.max_row + 2) if not own.cell(row, keys[0]).value)
    for key, value in cells.items():
        own.cell(empty, places[key]).value = value
    book.save(path)
