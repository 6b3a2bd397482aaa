"""Month after month, told side by side: who vanishes stays in every count, last values are remembered, records add up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from helpers.changes import Change, moved, without
from helpers.running import sheet
from helpers.small import NAMES
from helpers.stories import Stories, Story, as_ever
from schemas import rules


def _single(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0].update({"母亲状况": "在家", "母亲外出日期": None, "在家一方监护能力": "有"})


def _single_in_error(plain: dict[str, Any]) -> None:
    _single(plain)
    sheet(plain, "学生档案")[0]["母亲状况"] = "不知道"


def _potential(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0]["学生类别"] = "潜能生"


def _nonsense_for_it(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0]["学生类别"] = "乱写"


def _no_contact(plain: dict[str, Any]) -> None:
    sheet(plain, "家校联系").clear()


def _case(plain: dict[str, Any]) -> None:
    sheet(plain, "成长记录")[0].update({"个案触发": "心理障碍", "触发日期": date(2026, 9, 12)})


def _planned(plain: dict[str, Any]) -> None:
    row = {"学生姓名": NAMES[0], "触发原因": "心理障碍", "制订日期": date(2026, 9, 20), "责任人": "王老师", "措施": "每周谈心",
           "进展": "进行中"}  # fmt: skip
    sheet(plain, "个别方案").append(row)


def _another_case(plain: dict[str, Any]) -> None:
    sheet(plain, "成长记录")[0].update({"个案触发": "心理障碍", "触发日期": date(2026, 10, 2)})


def _day_misspelt(plain: dict[str, Any]) -> None:
    sheet(plain, "成长记录")[0].update({"个案触发": "心理障碍", "触发日期": "国庆后"})


def _no_day(plain: dict[str, Any]) -> None:
    sheet(plain, "成长记录")[0].update({"个案触发": "心理障碍", "触发日期": None})


def _both(*changes: Change) -> Change:
    def work(plain: dict[str, Any]) -> None:
        for change in changes:
            change(plain)

    return work


STORIES: dict[str, Story] = {
    "vanished": (as_ever, without(), without()),
    "a departure in error": (as_ever, moved("走了", date(2026, 10, 20))),
    "comes back": (as_ever, without(), as_ever),
    "in error at once": (_single_in_error,),
    "in error later": (_single, _single_in_error),
    "nonsense later": (_potential, _nonsense_for_it),
    "no contact": (as_ever, _no_contact),
    "a case": (_case, as_ever),
    "a case planned": (_case, _planned),
    "another case": (_case, _both(_another_case, _planned)),
    "another misspelt": (_case, _both(_day_misspelt, _planned)),
    "the first misspelt": (_day_misspelt, _both(_another_case, _planned)),
    "the same, no day": (_case, _both(_no_day, _planned)),
}


@pytest.fixture(scope="module")
def told_of(tmp_path_factory: pytest.TempPathFactory) -> Stories:
    return Stories(tmp_path_factory.mktemp("stories"), STORIES)


@pytest.mark.parametrize("month", [10, 11])
def test_a_vanished_child_is_an_error_and_stays_in_every_count(month: int, told_of: Stories) -> None:
    """He is named on 学生档案, with no cell, each month anew; he is in L as 转出未落实, and no target is met."""
    seen = told_of("vanished", month)
    (issue,) = [issue for issue in seen.issues if issue.rule is rules.VANISHED]
    assert (issue.sheet, issue.cell) == ("学生档案", "")
    assert NAMES[0] in issue.sentence
    assert seen.shares["巩固率"] == (2, 3)
    assert seen.shares["建档率"] == (3, 3)
    assert seen.shares["谈心达标率"] == (2, 2)
    assert seen.shares["报送质量"] == (21, 21)


def test_a_departure_in_error_leaves_him_in_every_count_over_a(told_of: Stories) -> None:
    """He is in N of the talks, and in no n."""
    seen = told_of("a departure in error", 10)
    assert seen.told == ["E312"]
    assert [seen.shares[figure] for figure in ("谈心达标率", "巩固率", "教师结对率")] == [(2, 3)] * 3


def test_a_child_comes_back(told_of: Stories) -> None:
    """One who vanished and stands in 学生档案 again is what his row says."""
    assert told_of("comes back", 10).told == ["E311"]
    seen = told_of("comes back", 11)
    assert seen.told == []
    assert seen.shares["巩固率"] == (3, 3)


def test_an_error_is_read_as_the_last_valid_value_and_never_lowers_a_count(told_of: Stories) -> None:
    """单亲留守 stays what it was; the child is in N by either reading, and in no n."""
    first = told_of("in error at once", 9).heads
    assert (first["is_double"], first["is_single"]) == (3, 0)
    seen = told_of("in error later", 10)
    assert (seen.heads["is_double"], seen.heads["is_single"], seen.heads["in_l"]) == (2, 1, 3)
    assert seen.shares["谈心达标率"] == (2, 3)


def test_an_error_keeps_in_n_whom_his_last_value_would_leave_out(told_of: Stories) -> None:
    """A child who was 潜能生 alone and whose 学生类别 is now nonsense is in L, in no n, and in no 留守 column."""
    seen = told_of("nonsense later", 10)
    assert (seen.heads["in_l"], seen.heads["is_double"]) == (3, 2)
    assert seen.shares["巩固率"] == (2, 3)


def test_records_of_the_term_add_up(told_of: Stories) -> None:
    """A home visit and a guardians' meeting of September count in October; a phone call of the month does not."""
    shares = told_of("no contact", 10).shares
    assert (shares["家访率"], shares["监护人会率"], shares["亲情联络率"]) == ((3, 3), (3, 3), (0, 3))


def test_cases_of_the_term_stay_open_until_they_are_planned(told_of: Stories) -> None:
    """A case of September without a plan is still one in October, whatever October's growth row says."""
    assert told_of("a case", 9).shares["个案方案率"] == (0, 1)
    assert told_of("a case", 10).shares["个案方案率"] == (0, 1)
    assert told_of("a case planned", 10).shares["个案方案率"] == (1, 1)


@pytest.mark.parametrize(("story", "share"), [
    ("another case", (1, 2)), ("another misspelt", (1, 2)), ("the first misspelt", (0, 2)), ("the same, no day", (1, 1)),
])  # fmt: skip
def test_a_case_whose_day_nobody_can_read_is_its_own(story: str, share: tuple[int, int], told_of: Stories) -> None:
    """Whichever month's: it may be another one than the dated case of that child and reason. Without a day it is the same."""
    assert told_of(story, 10).shares["个案方案率"] == share
