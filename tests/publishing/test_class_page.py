"""本班还差什么 says of each child, in words, which cell is to be filled in and which to be mended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers.running import month_of, run_month, sheet
from helpers.small import NAMES
from pipeline.keeping.snapshot import as_snapshot, snapshot_frames
from pipeline.publishing.book import Page
from pipeline.publishing.class_page import class_pages, lacking_of
from pipeline.publishing.lacking import lacking_rows
from pipeline.result import Result
from pipeline.returning.so_far import SoFarOf
from schemas.class_page import LACKS, MARKS
from schemas.figures import TAINTED


def _unsaid(plain: dict[str, Any]) -> None:
    pupils, cards = sheet(plain, "学生档案"), sheet(plain, "联系卡")
    pupils[0]["民族"] = None
    pupils[1]["父亲状况"] = None
    pupils[2]["入班方式"] = "转入"
    cards[2]["家庭地址"] = None


def _spoilt(plain: dict[str, Any]) -> None:
    pupils, cards = sheet(plain, "学生档案"), sheet(plain, "联系卡")
    pupils[0] |= {"身份证号": "52990120160301001X", "学籍号": None, "性格特征": None}
    cards[1] |= {"监护人电话": "1990000", "监护人职业": None}
    pupils[2]["父亲状况"] = "在外面"


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A month in which something is wrong with each child."""
    return run_month(tmp_path_factory.mktemp("page"), month_of("2026-10", _spoilt))


@pytest.fixture(scope="module")
def told(spoilt: Result) -> dict[str, str]:
    """Return child → what the page says of him."""
    return _page(spoilt)


def test_next_months_sheet_is_told_how_many_things_each_child_lacked(spoilt: Result) -> None:
    """As many as his line of the page has 差: it stands beside what he lacks this month."""
    (book,) = class_pages(spoilt).values()
    (page,) = book.pages
    assert isinstance(page, Page)
    block = page.blocks[0]
    lines = {str(block.cell(n, "name")): [str(block.cell(n, m.key)) for m in MARKS] for n in range(len(NAMES))}
    counted = {(3, 2, name): marks.count(LACKS) for name, marks in lines.items()}
    assert lacking_of(spoilt) == counted
    assert min(counted.values()) < max(counted.values())
    months = (as_snapshot(spoilt, snapshot_frames(spoilt)),)
    known = SoFarOf(months, spoilt.month.after, spoilt.policy, counted).of((3, 2))
    assert {name: own[-1] for name, own in known.children.items()} == {name: counted[3, 2, name] for name in NAMES}


def test_a_case_that_nobody_can_tell_says_which_cell_it_is(tmp_path: Path) -> None:
    def change(plain: dict[str, Any]) -> None:
        sheet(plain, "成长记录")[0]["个案触发"] = None

    assert "“个案触发”没有填" in _page(run_month(tmp_path, month_of("2026-10", change)))[NAMES[0]]


def _page(result: Result) -> dict[str, str]:
    (book,) = class_pages(result).values()
    (page,) = book.pages
    assert isinstance(page, Page)
    block = page.blocks[0]
    return {str(block.cell(row, "name")): str(block.cell(row, "told")) for row in range(len(block.rows))}


def test_what_is_empty_is_filled_in_and_what_is_wrong_mended(told: dict[str, str]) -> None:
    assert told[NAMES[0]].startswith("补填性格特征；改正身份证号")
    assert told[NAMES[1]].startswith("补填监护人职业；改正监护人电话")


def test_what_has_to_be_said_and_is_not_is_filled_in_as_well(tmp_path: Path) -> None:
    """Who came no day knows when meets no duty: the bureau's list says so, and his page what to type."""
    result = run_month(tmp_path, month_of("2026-10", _unsaid))
    told = _page(result)
    assert [told[name] for name in NAMES] == [
        "补填民族",
        "先补填父亲状况：改好以前各项都算没做到",
        "补填家庭地址、入班日期",
    ]
    lacks = {(one.name, one.figure): one.lack for one in lacking_rows(result)}
    assert {lacks[NAMES[2], figure] for figure in ("talked", "called", "visited")} == {TAINTED}
    assert "" not in lacks.values()


def test_the_cell_that_keeps_all_from_counting_is_named(told: dict[str, str]) -> None:
    assert told[NAMES[2]] == "先改正父亲状况：改好以前各项都算没做到"
