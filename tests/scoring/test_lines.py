"""The lines of the seven plans: each asks what its plan asks, of those whom it asks for, and names who lacks it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from helpers.measuring import result_of
from helpers.running import school_sheet, sheet
from helpers.small import NAMES, card, pupil, small_month
from pipeline.publishing.book import Page
from pipeline.publishing.chapters import _lacking
from pipeline.result import Result
from pipeline.scoring.chapters import Checked, check_chapters
from pipeline.stages.publish import publish
from schemas.chapters import ITEMS
from schemas.chapters.checks import Rate
from schemas.codes import LECTURES
from schemas.figures import BY_KEY

Plain = dict[str, Any]
Change = Callable[[Plain], None]
DAY, SATURDAY = date(2026, 10, 12), date(2026, 10, 17)
MONDAYS = [date(2026, 10, 5) + timedelta(weeks=week) for week in range(3)]  # of the weeks that lie inside the month
FIRST = NAMES[0]
KINDS = (
    "主题班会", "队活动", "手拉手", "书画展", "演讲比赛", "文艺演出", "游览", "敬老服务", "做一件有意义的事", "心理辅导", "思想教育",
    "情感教育", "独立生活教育", "体谅父母教育", "改正一个缺点", "做一件好事", "交一份好答卷", "添一份光彩", "做一个好学生", *LECTURES,
)  # fmt: skip


def full_month() -> Plain:
    """Return a month in which every line that is owed is met; one of the three children boards, one is poor and 重点帮扶."""
    plain = copy.deepcopy(small_month())
    one = sheet(plain, "学生档案")
    one[0] |= {"就读方式": "住校", "困难类别": "低保", "重点帮扶": "是"}
    for row in one:
        row |= {"学习分类": "良好", "学习分组": "数学组"}
    for row in sheet(plain, "联系卡"):
        row |= {f"{who}{what}": value for who in ("父亲", "母亲") for what, value in _WORK.items()}
    sheet(plain, "结对帮扶").append(_pair(FIRST, "代理家长", "冯婶婶"))
    for name in NAMES:
        sheet(plain, "谈心记录").extend(
            [_talk(name, "陈老师", role) for role in ("帮扶教师", "任课教师")]
            + [_talk(name, "郑阿姨", "爱心妈妈", day) for day in MONDAYS]
        )
        sheet(plain, "家校联系").extend(
            [
                _contact(name, "到校面谈", "父母"),
                _contact(name, "家访", "祖父母"),
                _contact(name, "亲情书信", "父母") | {"场合": "传统节日"},
            ]
        )
        sheet(plain, "关爱服务").extend(
            {"日期": DAY, "学生姓名": name, "类别": kind, "经办人": "陈老师"}
            for kind in ("安全教育", "学习辅导", "生活照顾", "活动优先", "自理指导", "心理辅导", "资助")
        )
    for kind in KINDS:
        row = {"日期": SATURDAY, "活动类型": kind, "活动名称": kind, "组织人": "王老师", "参加学生": "全体"}
        sheet(plain, "活动记录").append(row)
    for title, rows in _school().items():
        school_sheet(plain, title).extend(rows)
    return plain


_WORK = {"务工单位": "临江服装厂", "单位电话": "19900000004"}


def _pair(name: str, kind: str, helper: str) -> Plain:
    return {
        "学生姓名": name, "帮扶类型": kind, "帮扶人": helper, "结对日期": date(2026, 9, 5), "检查日期": DAY, "检查结果": "好",
    }  # fmt: skip


def _talk(name: str, speaker: str, role: str, day: date = DAY) -> Plain:
    return {
        "日期": day, "学生姓名": name, "谈心人": speaker, "谈心人身份": role, "方式": "面谈", "主题": "学习",
        "主要内容": f"{role}同{name}谈了{day:%d}日", "需跟进": "否",
    }  # fmt: skip


def _contact(name: str, kind: str, whom: str) -> Plain:
    return {"日期": date(2026, 10, 13), "学生姓名": name, "形式": kind, "联系对象": whom, "组织教师": "王老师"}


def _school() -> dict[str, list[Plain]]:
    meeting = {"日期": DAY, "类型": "座谈会", "范围": "学校", "应到": 9, "实到": 8}
    things = ("留守儿童之家", "档案柜", "亲情电话", "电视机", "播放机", "计算机", "图书", "体艺器材", "心理咨询室")
    own = ("班级计划", "任课教师分工")
    papers = (*own, "学期总结", "年度计划", "目标责任书", "身心调查", "调查分析", "宣传材料")
    scope = {kind: "三年级(2)班" if kind in own else "学校" for kind in papers}
    return {
        "教职工": [{"姓名": "吴老师", "岗位": "学籍管理员", "在岗": "是"}],
        "领导小组": [{"姓名": f"{n}校长", "组内职务": n, "职责": "管全面"} for n in ("组长", "成员")],
        "关爱设施": [{"项目": thing, "数量": 1, "可用": "是"} for thing in things],
        "会议记录": [
            meeting | dict.fromkeys(("教师到会", "学生到会", "监护人到会"), "是"),
            {"日期": DAY, "类型": "监护人会", "范围": "学校", "应到": 3, "实到": 3},
        ],
        "工作材料": [{"日期": DAY, "种类": kind, "范围": scope[kind], "名称": kind} for kind in papers],
    }


def checked(result: Result) -> list[Checked]:
    """Return every check of every line."""
    return check_chapters(result.measured.counting, result.measured.tally, result.scores, result.teacher_scores)


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


def _drop(title: str, column: str, word: Any, name: str = "", also: str = "") -> Change:
    """Return the change that takes the rows of a word (or of another as well) out of a sheet, of one child or of all."""

    def change(plain: Plain) -> None:
        own = title in plain["school"]["sheets"]
        rows = school_sheet(plain, title) if own else sheet(plain, title)
        rows[:] = [row for row in rows if row.get(column) not in (word, also) or (name and row.get("学生姓名") != name)]

    return change


def _set(title: str, name: str, **cells: Any) -> Change:
    """Return the change that writes cells of a child's rows."""

    def change(plain: Plain) -> None:
        for row in sheet(plain, title):
            if name in (row.get("姓名"), row.get("学生姓名")):
                row.update(cells)

    return change


def _but_one(kind: str) -> Change:
    """Return the change by which one child does not take part in an activity."""

    def change(plain: Plain) -> None:
        for row in sheet(plain, "活动记录"):
            if row["活动类型"] == kind:
                row["参加学生"] = f"全体（除 {FIRST}）"

    return change


def _many_but_one(*kinds: str) -> Change:
    def change(plain: Plain) -> None:
        for kind in kinds:
            _but_one(kind)(plain)

    return change


def _calls_of(name: str) -> Change:
    """Return the change by which a child has neither called nor written."""

    def change(plain: Plain) -> None:
        for kind in ("亲情电话", "亲情书信"):
            _drop("家校联系", "形式", kind, name)(plain)

    return change


def _meeting(plain: Plain) -> None:
    next(row for row in school_sheet(plain, "会议记录") if row["类型"] == "座谈会").update({"应到": 30, "实到": 3})


ONE = [FIRST]
CLASS = [""]
# line → what is taken away, of whom the line then says that he lacks it ("": a class or the school), how many checks.
MISSED: dict[str, tuple[Change, list[str]]] = {
    "P1-1": (_set("结对帮扶", FIRST, 帮扶人=NAMES[1]), ONE),
    "P1-2": (_but_one("敬老服务"), ONE),
    "P1-5": (_set("成长记录", FIRST, 成长日记="无"), ONE),
    "P1-6": (_drop("谈心记录", "谈心人身份", "帮扶教师", FIRST), ONE),
    "P2-2": (_set("学生档案", FIRST, 兴趣爱好=None), ONE),
    "P2-3": (_drop("关爱服务", "类别", "安全教育", FIRST), ONE),
    "P2-4": (_drop("家校联系", "形式", "家访", FIRST), ONE),
    "P2-6": (_but_one("手拉手"), ONE),
    "P2-7": (_drop("家校联系", "形式", "亲情电话", FIRST), ONE),
    "P2-10": (_drop("活动记录", "活动类型", "情感教育"), CLASS),
    "P3-2": (_set("学生档案", FIRST, 建档日期=None), ONE),
    "P3-4": (_drop("结对帮扶", "帮扶类型", "代理家长"), ONE),
    "P3-7": (_meeting, CLASS),
    "P3-11": (_drop("关爱设施", "项目", "亲情电话"), CLASS),
    "P3-12": (_set("成长记录", FIRST, 进步档案="无"), ONE),
    "P3-13": (_set("结对帮扶", FIRST, 帮扶人="另一位阿姨"), ONE),
    "P3-14": (_drop("活动记录", "活动类型", "法制讲座"), CLASS),
    "P3-15": (_but_one("游览"), ONE),
    "P3-17": (_set("家校联系", FIRST, 场合="平时"), ONE),
    "P4-4": (_drop("工作材料", "种类", "目标责任书"), CLASS),
    "P4-7": (_set("学生档案", FIRST, 学习分组=None), ONE),
    "P4-11": (_drop("家校联系", "形式", "家访", FIRST), ONE),
    "P4-13": (_drop("谈心记录", "谈心人身份", "班主任", FIRST), ONE),
    "P4-15": (_drop("活动记录", "活动类型", "主题班会"), CLASS),
    "P4-17": (_drop("关爱服务", "类别", "资助", FIRST), ONE),
    "P5-1": (_drop("工作材料", "种类", "班级计划"), CLASS),
    "P5-3": (_set("联系卡", FIRST, 母亲单位电话=None), ONE),
    "P5-4": (_drop("谈心记录", "谈心人", "陈老师", FIRST), ONE),
    "P5-6": (_drop("关爱服务", "类别", "自理指导", FIRST), ONE),
    "P7-1": (_set("学生档案", FIRST, 建档日期=date(2026, 10, 9)), ONE),
    "P7-5": (_but_one("做一件好事"), ONE),
    "P7-9": (_drop("谈心记录", "谈心人身份", "任课教师", FIRST), ONE),
    "P7-10": (_drop("关爱服务", "类别", "心理辅导", FIRST), ONE),
    "P1-7": (_drop("谈心记录", "谈心人身份", "帮扶教师", FIRST, also="班主任"), ONE),
    "P2-5": (_drop("工作材料", "种类", "学期总结"), CLASS),
    "P2-8": (_drop("谈心记录", "学生姓名", FIRST), ONE),
    "P2-11": (_drop("活动记录", "组织人", "王老师"), sorted(NAMES)),
    "P3-1": (_drop("领导小组", "组内职务", "成员"), CLASS),
    "P3-3": (_drop("结对帮扶", "帮扶类型", "学习帮手", FIRST), ONE),
    "P3-5": (_set("成长记录", FIRST, 成长日记="无"), ONE),
    "P3-6": (_drop("家校联系", "形式", "家访", FIRST), ONE),
    "P3-8": (_drop("谈心记录", "谈心人身份", "班主任", FIRST), ONE),
    "P3-10": (_drop("关爱设施", "项目", "图书"), CLASS),
    "P3-16": (_many_but_one("书画展", "演讲比赛", "文艺演出", "队活动"), ONE),
    "P3-19": (_but_one("做一件有意义的事"), ONE),
    "P3-20": (_drop("谈心记录", "谈心人", "郑阿姨", FIRST), ONE),
    "P4-1": (_set("学生档案", FIRST, 建档日期=None), ONE),
    "P4-3": (_set("学生档案", FIRST, 学籍状态="辍学", 状态日期=DAY), ONE),
    "P4-5": (_set("联系卡", FIRST, 家庭地址=None), ONE),
    "P4-8": (_set("成长记录", FIRST, 进步档案="无"), ONE),
    "P4-10": (_drop("关爱服务", "类别", "活动优先", FIRST), ONE),
    "P4-12": (_meeting, CLASS),
    "P4-16": (_drop("活动记录", "活动类型", "心理辅导"), CLASS),
    "P4-18": (_drop("工作材料", "种类", "学期总结"), CLASS),
    "P5-2": (_set("学生档案", FIRST, 档案编号=None), ONE),
    "P5-5": (_drop("家校联系", "形式", "家访", NAMES[1]), [NAMES[1]]),
    "P6-1": (_set("联系卡", FIRST, 父亲务工单位=None), ONE),
    "P7-2": (_drop("家校联系", "形式", "监护人会", FIRST), ONE),
    "P7-3": (_but_one("手拉手"), ONE),
    "P7-4": (_calls_of(FIRST), ONE),
    "P7-6": (_drop("活动记录", "活动类型", "留守儿童会"), CLASS),
    "P7-7": (_drop("关爱服务", "类别", "资助", FIRST), ONE),
    "P7-8": (_drop("谈心记录", "谈心人身份", "班主任", FIRST), ONE),
}
# Lines of a day, of May, of what happens, or of figures with tests of their own: no child of this month can lack them.
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
    for book in publish(result).values():
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
