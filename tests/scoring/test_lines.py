"""The lines of the seven plans: each asks what its plan asks, of those whom it asks for, and names who lacks it."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.full import (
    DAY,
    FIRST,
    Change,
    but_one,
    checked,
    full_month,
    many_but_one,
    no_calls_of,
    thin_meeting,
    with_cells,
    without,
)
from helpers.measuring import result_of
from helpers.running import sheet
from helpers.small import NAMES, card, pupil, small_month
from pipeline.publishing.book import Page
from pipeline.publishing.chapters import _lacking
from pipeline.result import Result
from pipeline.stages.publish import publish
from schemas.chapters import ITEMS
from schemas.chapters.checks import Rate
from schemas.figures import BY_KEY


@pytest.fixture(scope="module")
def full() -> Result:
    return result_of(full_month())


def test_a_school_that_does_everything_meets_every_line(full: Result) -> None:
    """Each line is met or not owed this month; of nobody it says that he lacks it."""
    unmet = [(c.item.code, c.check.text, c.n, c.total) for c in checked(full) if not c.is_met]
    assert unmet == []
    owed = {c.item.code for c in checked(full) if c.total}
    free = {item.code for item in ITEMS} - owed
    assert free == {"P1-3", "P1-4", "P2-9", "P3-18", "P4A-1", "P4A-2", "P4-9", "P4-14"}, (
        "only in May, on a day, as happens"
    )
    assert not [own for c in checked(full) for own in _lacking(c, full)]


ONE = [FIRST]
CLASS = [""]
# line → what is taken away, of whom the line then says that he lacks it ("": a class or the school), how many checks.
MISSED: dict[str, tuple[Change, list[str]]] = {
    "P1-1": (with_cells("结对帮扶", FIRST, 帮扶人=NAMES[1]), ONE),
    "P1-2": (but_one("敬老服务"), ONE),
    "P1-5": (with_cells("成长记录", FIRST, 成长日记="无"), ONE),
    "P1-6": (without("谈心记录", "谈心人身份", "帮扶教师", FIRST), ONE),
    "P2-2": (with_cells("学生档案", FIRST, 兴趣爱好=None), ONE),
    "P2-3": (without("关爱服务", "类别", "安全教育", FIRST), ONE),
    "P2-4": (without("家校联系", "形式", "家访", FIRST), ONE),
    "P2-6": (but_one("手拉手"), ONE),
    "P2-7": (without("家校联系", "形式", "亲情电话", FIRST), ONE),
    "P2-10": (without("活动记录", "活动类型", "情感教育"), CLASS),
    "P3-2": (with_cells("学生档案", FIRST, 建档日期=None), ONE),
    "P3-4": (without("结对帮扶", "帮扶类型", "代理家长"), ONE),
    "P3-7": (thin_meeting, CLASS),
    "P3-11": (without("关爱设施", "项目", "亲情电话"), CLASS),
    "P3-12": (with_cells("成长记录", FIRST, 进步档案="无"), ONE),
    "P3-13": (with_cells("结对帮扶", FIRST, 帮扶人="另一位阿姨"), ONE),
    "P3-14": (without("活动记录", "活动类型", "法制讲座"), CLASS),
    "P3-15": (but_one("游览"), ONE),
    "P3-17": (with_cells("家校联系", FIRST, 场合="平时"), ONE),
    "P4-4": (without("工作材料", "种类", "目标责任书"), CLASS),
    "P4-7": (with_cells("学生档案", FIRST, 学习分组=None), ONE),
    "P4-11": (without("家校联系", "形式", "家访", FIRST), ONE),
    "P4-13": (without("谈心记录", "谈心人身份", "班主任", FIRST), ONE),
    "P4-15": (without("活动记录", "活动类型", "主题班会"), CLASS),
    "P4-17": (without("关爱服务", "类别", "资助", FIRST), ONE),
    "P5-1": (without("工作材料", "种类", "班级计划"), CLASS),
    "P5-3": (with_cells("联系卡", FIRST, 母亲单位电话=None), ONE),
    "P5-4": (without("谈心记录", "谈心人", "陈老师", FIRST), ONE),
    "P5-6": (without("关爱服务", "类别", "自理指导", FIRST), ONE),
    "P7-1": (with_cells("学生档案", FIRST, 建档日期=date(2026, 10, 9)), ONE),
    "P7-5": (but_one("做一件好事"), ONE),
    "P7-9": (without("谈心记录", "谈心人身份", "任课教师", FIRST), ONE),
    "P7-10": (without("关爱服务", "类别", "心理辅导", FIRST), ONE),
    "P1-7": (without("谈心记录", "谈心人身份", "帮扶教师", FIRST, also="班主任"), ONE),
    "P2-5": (without("工作材料", "种类", "学期总结"), CLASS),
    "P2-8": (without("谈心记录", "学生姓名", FIRST), ONE),
    "P2-11": (without("活动记录", "组织人", "王老师"), sorted(NAMES)),
    "P3-1": (without("领导小组", "组内职务", "成员"), CLASS),
    "P3-3": (without("结对帮扶", "帮扶类型", "学习帮手", FIRST), ONE),
    "P3-5": (with_cells("成长记录", FIRST, 成长日记="无"), ONE),
    "P3-6": (without("家校联系", "形式", "家访", FIRST), ONE),
    "P3-8": (without("谈心记录", "谈心人身份", "班主任", FIRST), ONE),
    "P3-10": (without("关爱设施", "项目", "图书"), CLASS),
    "P3-16": (many_but_one("书画展", "演讲比赛", "文艺演出", "队活动"), ONE),
    "P3-19": (but_one("做一件有意义的事"), ONE),
    "P3-20": (without("谈心记录", "谈心人", "郑阿姨", FIRST), ONE),
    "P4-1": (with_cells("学生档案", FIRST, 建档日期=None), ONE),
    "P4-3": (with_cells("学生档案", FIRST, 学籍状态="辍学", 状态日期=DAY), ONE),
    "P4-5": (with_cells("联系卡", FIRST, 家庭地址=None), ONE),
    "P4-8": (with_cells("成长记录", FIRST, 进步档案="无"), ONE),
    "P4-10": (without("关爱服务", "类别", "活动优先", FIRST), ONE),
    "P4-12": (thin_meeting, CLASS),
    "P4-16": (without("活动记录", "活动类型", "心理辅导"), CLASS),
    "P4-18": (without("工作材料", "种类", "学期总结"), CLASS),
    "P5-2": (with_cells("学生档案", FIRST, 档案编号=None), ONE),
    "P5-5": (without("家校联系", "形式", "家访", NAMES[1]), [NAMES[1]]),
    "P6-1": (with_cells("联系卡", FIRST, 父亲务工单位=None), ONE),
    "P7-2": (without("家校联系", "形式", "监护人会", FIRST), ONE),
    "P7-3": (but_one("手拉手"), ONE),
    "P7-4": (no_calls_of(FIRST), ONE),
    "P7-6": (without("活动记录", "活动类型", "留守儿童会"), CLASS),
    "P7-7": (without("关爱服务", "类别", "资助", FIRST), ONE),
    "P7-8": (without("谈心记录", "谈心人身份", "班主任", FIRST), ONE),
}
# Lines of a day, of May, of what happens: no child of this month can lack them (test_lines_of_days).
ELSEWHERE = {"P1-3", "P1-4", "P2-1", "P2-9", "P3-9", "P3-18", "P4A-1", "P4A-2", "P4-2", "P4-6", "P4-9", "P4-14"}
QUICK = ("P1-1", "P3-7", "P3-13", "P5-1")


@pytest.mark.parametrize(
    "code", [code if code in QUICK else pytest.param(code, marks=pytest.mark.slow) for code in MISSED]
)
def test_a_line_names_the_one_who_lacks_it(code: str, full: Result) -> None:
    """Whatever else it changes, the line is missed by that child (or class) alone."""
    change, names = MISSED[code]
    plain = full_month()
    change(plain)
    result = result_of(plain)
    own = [c for c in checked(result) if c.item.code == code]
    assert not all(c.is_met for c in own)
    assert sorted({lacking.name for c in own for lacking in _lacking(c, result)}) == names


def test_every_line_is_missed_somewhere() -> None:
    assert set(MISSED) | ELSEWHERE == {item.code for item in ITEMS}
    assert not set(MISSED) & ELSEWHERE


def test_a_line_asks_its_own_plan_whatever_is_in_force() -> None:
    """With one talk of the 班主任 each and no other, only the lines that ask for that are met."""
    found = {c.item.code: c for c in checked(result_of(small_month()))}
    assert [found[code].is_met for code in ("P4-13", "P5-4", "P7-9", "P3-13")] == [True, False, False, False]


def test_who_is_potential_alone_belongs_to_the_third_plan(full: Result) -> None:
    """He lacks what 篇三 asks for, by name, and is asked for in no line of another."""
    plain = full_month()
    row = pupil("赵小穗", 9) | {
        "学生类别": "潜能生",
        "父亲状况": "在家",
        "父亲外出日期": None,
        "母亲状况": "在家",
        "母亲外出日期": None,
    }
    sheet(plain, "学生档案").append(row | {"随父母生活": "是", "监护类型": "父母"})
    sheet(plain, "联系卡").append(card("赵小穗"))
    result = result_of(plain)
    named = {c.item.code for c in checked(result) for own in _lacking(c, result) if own.name == "赵小穗"}
    assert named and {code[:2] for code in named} == {"P3"}
    assert {"P3-2", "P3-3", "P3-12", "P3-13", "P3-17"} - named <= {"P3-2"}, "his archive is whole"


def _pages(result: Result) -> dict[str, str]:
    """Return each sheet of the published workbooks with all that stands in its cells."""
    found: dict[str, str] = {}
    for _, book in publish(result):
        for page in (page for page in book.pages if isinstance(page, Page)):
            cells = [str(cell) for block in page.blocks for row in block.rows for cell in row]
            heads = [column.title for block in page.blocks for column in block.columns]
            found[page.name] = found.get(page.name, "") + "\n".join([*heads, *cells])
    return found


def test_where_a_line_is_printed_is_true(full: Result) -> None:
    """Every sheet that 印在 names is there, and one of them holds each figure that the line goes by."""
    pages = _pages(full)
    for item in ITEMS:
        named = [title.removesuffix("（校内）") for title in item.printed.split("、")]
        assert set(named) <= {*pages, "封面"}, item.code
        for check in item.checks:
            if isinstance(check, Rate) and check.over == "L" and check.key in BY_KEY:
                title = BY_KEY[check.key].title
                assert any(title in pages.get(name, "") for name in (*named, "目标达成")), (item.code, title)
