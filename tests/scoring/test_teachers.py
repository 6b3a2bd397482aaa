"""Teachers' scores, the seven plans item by item, and the links from every figure to its names."""

from __future__ import annotations

import copy
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.drawing import draw_month
from helpers.measuring import result_of
from helpers.running import RunMonth
from helpers.small import pupil, small_month
from pipeline.excel.render import rendered
from pipeline.keeping.store import put_all
from pipeline.model import Month
from pipeline.report import report
from pipeline.result import Result
from pipeline.scoring.chapters import Checked, check_chapters
from pipeline.stages.collect import collect
from pipeline.stages.publish import publish
from schemas.chapters import ITEMS
from schemas.chapters.checks import Forum
from schemas.figures import FIGURES
from schemas.verdicts import ELIGIBLE_NOT, FAILED, PASSED, TOP

_COUNTS = {"1": 7, "2": 11, "3": 20, "4A": 2, "4": 18, "5": 6, "6": 1, "7": 10}  # items of each chapter, domain §7


def _scores(result: Result) -> dict[str, tuple[int, dict[str, tuple[int, int]], Decimal, int, str]]:
    return {
        s.name: (len(s.children), {k: (v.n, v.total) for k, v in s.shares.items()}, s.total, s.rank, s.verdict)
        for s in result.teacher_scores
    }


def _checked(result: Result) -> list[Checked]:
    return check_chapters(result.measured.counting, result.measured.tally, result.scores, result.teacher_scores)


def test_the_clean_month(month: dict[str, Any], run: RunMonth) -> None:
    """班主任 王老师 answers for three children and has no pairing; 陈老师 is 帮扶教师 and 责任教师 of all three."""
    found = _scores(run(month))
    head, helper = found["王老师"], found["陈老师"]
    assert head[0] == helper[0] == 3
    assert head[1] == {"talks": (3, 3), "contacts": (3, 3), "plans": (0, 0), "checks": (0, 0), "diaries": (3, 3)}
    assert helper[1] == {"talks": (0, 3), "contacts": (0, 3), "plans": (3, 3), "checks": (3, 3), "diaries": (3, 3)}
    assert (head[2], head[3], head[4]) == (
        Decimal("100.00"),
        1,
        TOP,
    )  # plans and checks are left out, the rest rescaled
    assert (helper[2], helper[3], helper[4]) == (Decimal("40.00"), 2, FAILED)


def test_records_are_not_counted_but_children(month: dict[str, Any], run: RunMonth) -> None:
    """Three talks with one child are one child reached; a talk of an earlier month counts for none."""
    talks = month["classes"][0]["sheets"]["谈心记录"]
    for number, row in enumerate(talks):
        row |= {"学生姓名": "李小禾", "主要内容": f"第{number}次聊"}
    assert _scores(run(month))["王老师"][1]["talks"] == (1, 3)
    talks[0]["日期"] = talks[1]["日期"] = talks[2]["日期"] = "2026-09-20"
    assert _scores(run(month))["王老师"][1]["talks"] == (0, 3)


def test_errors_and_flags(month: dict[str, Any], run: RunMonth) -> None:
    """A child in error is in no n; who is not on duty is not scored; a confirmed flag bars from 参评."""
    month["classes"][0]["sheets"]["学生档案"][0]["父亲状况"] = "不知道呀"
    assert _scores(run(month))["王老师"][1]["talks"] == (2, 3)
    flag = {
        "日期": "2026-10-09",
        "对象类型": "教师",
        "对象": "王老师",
        "情形": "体罚歧视",
        "确认": "是",
        "确认人": "周校长",
    }
    month["school"]["sheets"]["预警确认"] = [flag]
    month["school"]["sheets"]["教职工"][1]["在岗"] = "否"
    found = _scores(run(month))
    assert set(found) == {"王老师"}
    assert found["王老师"][4] == ELIGIBLE_NOT


_SPOILT = (("结对日期", "某天"), ("帮扶类型", "乱写"), ("学生姓名", "查无此人"))


@pytest.mark.parametrize(("column", "word"), _SPOILT)
def test_a_pairing_in_error_stays_with_its_teacher(
    column: str, word: str, month: dict[str, Any], run: RunMonth
) -> None:
    """It is in N of 计划 and 检查 of the teacher whom it names; one without a name is nobody's (contract §8.16)."""
    row = month["classes"][0]["sheets"]["结对帮扶"][0]
    row |= {"帮扶内容": None, column: word}
    shares = _scores(run(month))["陈老师"][1]
    assert (shares["plans"], shares["checks"]) == ((2, 3), (2, 3))
    row["帮扶人"] = None
    assert _scores(run(month))["陈老师"][1]["plans"] == (2, 2)


def test_a_child_of_a_pairing_in_error_stays_with_its_teacher(month: dict[str, Any], run: RunMonth) -> None:
    """He is one of those for whom the teacher answers, whoever is 班主任 or 责任教师."""
    sheets = month["classes"][0]["sheets"]
    for row in sheets["学生档案"]:
        row["责任教师"] = None
    sheets["结对帮扶"][0]["结对日期"] = "某天"
    found = _scores(run(month))["陈老师"]
    assert (found[0], found[1]["talks"]) == (3, (0, 3))


def test_a_growth_row_in_error_is_no_diary(month: dict[str, Any], run: RunMonth) -> None:
    """触发日期 is asked for beside a trigger: without it the row fulfils nothing, for a teacher as well (contract §5)."""
    month["classes"][0]["sheets"]["成长记录"][0] |= {"个案触发": "心理障碍", "触发日期": None}
    assert _scores(run(month))["王老师"][1]["diaries"] == (2, 3)


def test_the_register_of_a_teacher(month: dict[str, Any], run: RunMonth) -> None:
    """An item of the teachers' rubric that is registered counts as its rows say, held to its 满分."""
    rubric = [
        {"项目": "谈心", "指标": "谈心", "计分方式": "比率", "满分": 60},
        {"项目": "公开课", "指标": "登记", "计分方式": "登记", "满分": 40},
    ]
    month["plan"] = {"sheets": {"教师考核": rubric}}
    row = {
        "日期": "2026-10-09",
        "对象类型": "教师",
        "对象": "陈老师",
        "考核项目": "公开课",
        "分值": 25,
        "依据": "听课",
        "检查人": "周校长",
    }
    month["school"]["sheets"]["考核登记"] = [row, {**row, "分值": 30}]
    found = _scores(run(month))
    assert (found["陈老师"][2], found["王老师"][2]) == (Decimal("40.00"), Decimal("60.00"))
    assert found["王老师"][4] == PASSED


def test_every_item_of_the_plans_is_checked(month: dict[str, Any], run: RunMonth) -> None:
    """No item of domain §7 is without a row, each has a check that runs."""
    codes = [f"P{chapter}-{n}" for chapter, count in _COUNTS.items() for n in range(1, count + 1)]
    assert sorted(codes) == sorted(item.code for item in ITEMS)
    found = {(c.item.code, c.check): (c.n, c.total) for c in _checked(run(month))}
    assert {code for code, _ in found} == set(codes)
    by_code = {item.code: item for item in ITEMS}
    assert found["P4-13", by_code["P4-13"].checks[0]] == (3, 3)
    assert [found["P4-8", check] for check in by_code["P4-8"].checks] == [(3, 3), (9, 9), (3, 3)]
    assert found["P2-4", by_code["P2-4"].checks[0]] == (0, 3)  # no guardian was spoken with
    assert found["P4-7", by_code["P4-7"].checks[0]] == (0, 3)  # a 责任教师, but no 学习分类
    assert found["P7-10", by_code["P7-10"].checks[0]] == (0, 1)
    month["classes"][0]["sheets"]["家校联系"].append(
        {"日期": "2026-10-13", "学生姓名": "李小禾", "形式": "家访", "联系对象": "祖父母", "组织教师": "王老师"}
    )
    month["school"]["sheets"]["关爱设施"] = [{"项目": "心理咨询室", "数量": 1, "可用": "是"}]
    found = {(c.item.code, c.check): (c.n, c.total) for c in _checked(run(month))}
    assert found["P2-4", by_code["P2-4"].checks[0]] == (1, 3)
    assert found["P7-10", by_code["P7-10"].checks[0]] == (1, 1)


@pytest.fixture(scope="module")
def with_names(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    """The school's own workbook of a month in which something is missing."""
    month = small_month()
    month["classes"][0]["sheets"]["谈心记录"].pop()
    month["classes"][0]["sheets"]["结对帮扶"] = []
    folder = tmp_path_factory.mktemp("links")
    for name, book in publish(result_of(month)):
        put_all(folder, {name: rendered(book)})
    return openpyxl.load_workbook(folder / "校内" / "考核与未达标.xlsx")


def _head_above(cell: Any) -> Any:
    """Return the title of a cell's column: the table begins where the column of classes does."""
    column = cell.parent.cell
    head = next(row for row in range(cell.row, 0, -1) if column(row, 1).value == "年级")
    return column(head, cell.column).value


@pytest.mark.parametrize("sheet", ["班级考核", "指标一览", "考核明细", "教师考核"])
def test_links_lead_to_the_names(sheet: str, with_names: openpyxl.Workbook) -> None:
    """From every figure two clicks at most lead to the children behind it."""
    book = with_names
    linked = [found for row in book[sheet].iter_rows() for found in row if found.hyperlink]
    assert linked
    for found in linked:
        target, _, place = found.hyperlink.location.rpartition("!")
        at = book[target.strip("'")][place]
        row = [c.value for c in at.parent[at.row]]
        if sheet == "指标一览":
            assert found.value in (row[2], _head_above(at))
        elif sheet == "考核明细":
            assert row[:2] == ["三年级", 2]
            assert book[sheet].cell(found.row, 3).value in (row[2], _head_above(at))
        else:
            assert row[0] in ("三年级", book[sheet].cell(found.row, 2).value)
    if sheet == "指标一览":
        rates = {found.value for found in linked}
        assert {"谈心达标率", "教师结对率", "学习帮手率"} <= rates <= {figure.title for figure in FIGURES}


def test_months_of_a_school_year_stand_side_by_side(month: dict[str, Any], tmp_path: Path) -> None:
    """Ranks move against last month; the year's mean is of the months that were scored; a flag of any month bars."""
    second = copy.deepcopy(month["classes"][0])
    second["cover"] |= {"班级": 1, "班主任": "陈老师"}
    for number, row in enumerate(second["sheets"]["学生档案"], start=11):
        row |= pupil(row["姓名"], number)
    month["classes"].append(second)
    row = {"年级": "三年级", "班级": 1, "班主任": "陈老师", "学生总数": 40, "留守儿童数": 3}
    month["school"]["sheets"]["班级一览"].append(row)
    pages = []
    for number, (text, idle) in enumerate((("2026-09", 0), ("2026-10", 1)), start=9):
        own = copy.deepcopy(month) | {"month": text}
        for book in (*own["classes"], own["school"]):
            book["cover"]["报送月份"] = text
            for rows in book["sheets"].values():
                for cells in rows:
                    for key in ("日期", "检查日期"):
                        if key in cells:
                            cells[key] = f"{text}-12"
        own["classes"][idle]["sheets"]["谈心记录"] = []
        if number == 9:
            flag = {
                "日期": "2026-09-09",
                "对象类型": "班级",
                "对象": "三年级(2)班",
                "情形": "弄虚作假",
                "确认": "是",
                "确认人": "周校长",
            }
            own["school"]["sheets"]["预警确认"] = [flag]
        draw_month(tmp_path / text, own)
        report(collect(tmp_path / text), Month(2026, number), tmp_path / "out" / text)
        pages.append(openpyxl.load_workbook(tmp_path / "out" / text / "校内" / "考核与未达标.xlsx"))
    moved = {row[2]: row[-2:] for row in pages[1]["班级考核"].iter_rows(min_row=4, max_row=5, values_only=True)}
    assert moved == {1: (1, "降 1"), 2: (2, "升 1")}
    assert {row[-1] for row in pages[0]["班级考核"].iter_rows(min_row=4, max_row=5, values_only=True)} == {"—"}
    year = [row[:5] for row in pages[1]["学年综合"].iter_rows(min_row=5, max_row=6, values_only=True)]
    scores = [
        {row[2]: Decimal(str(row[-4])) for row in book["班级考核"].iter_rows(min_row=4, max_row=5, values_only=True)}
        for book in pages
    ]
    means = {number: (scores[0][number] + scores[1][number]) / 2 for number in (1, 2)}
    assert {row[1]: (row[2], Decimal(str(row[3])), row[4]) for row in year} == {
        "三年级(1)班": (2, means[1], "—"),
        "三年级(2)班": (2, means[2], "不得参评"),
    }


def test_who_is_shown_apart(month: dict[str, Any], run: RunMonth, tmp_path: Path) -> None:
    """Not meeting the 口径, in doubt, 潜能生: each stands there with the reason, and nobody is dropped."""
    pupils = month["classes"][0]["sheets"]["学生档案"]
    pupils[0] |= {"随父母生活": "是"}
    pupils[1] |= {"父亲状况": "不知道呀"}
    pupils[2] |= {"学生类别": "留守兼潜能"}
    for name, book in publish(run(month)):
        put_all(tmp_path, {name: rendered(book)})
    sheet = openpyxl.load_workbook(tmp_path / "校内" / "考核与未达标.xlsx")["单独列示"]
    assert [(row[0], row[3], row[4]) for row in sheet.iter_rows(min_row=4, max_row=6, values_only=True)] == [
        ("登记为留守，不符合口径", "李小禾", "随父母生活"),
        ("数据存疑", "钱小河", "有错误待改：父亲状况"),
        ("潜能生", "孙小树", "留守兼潜能"),
    ]


def test_a_forum_has_three_parties_and_guidance_is_for_boarders(month: dict[str, Any], run: RunMonth) -> None:
    """A 座谈会 without the guardians is none; 自理指导 is owed to boarders alone, in 篇四 to those of the sixth grade."""
    pupils = month["classes"][0]["sheets"]["学生档案"]
    pupils[0]["就读方式"] = pupils[1]["就读方式"] = "住校"
    care = {"日期": "2026-10-12", "学生姓名": "李小禾", "类别": "自理指导", "经办人": "陈老师"}
    month["classes"][0]["sheets"]["关爱服务"] = [care]
    forum = {
        "日期": "2026-10-12",
        "类型": "座谈会",
        "范围": "学校",
        "实到": 30,
        "教师到会": "是",
        "学生到会": "是",
        "监护人到会": "否",
    }
    month["school"]["sheets"]["会议记录"] = [forum]
    found = {(c.item.code, c.check.text): (c.n, c.total) for c in _checked(run(month))}
    assert found["P3-7", Forum().text] == (0, 1)
    assert found["P5-6", "住校的在读留守儿童中，本学期有“自理指导”的"] == (1, 2)
    assert found["P4-9", "六年级住校的在读留守儿童中，本学期有“自理指导”的"] == (0, 0)
    month["school"]["sheets"]["会议记录"] = [forum | {"监护人到会": "是"}]
    found = {(c.item.code, c.check.text): (c.n, c.total) for c in _checked(run(month))}
    assert found["P3-7", Forum().text] == (3, 3), "it does not say whom it asked: everybody"


def test_teachers_leave_the_school_only_where_the_plan_says_so(month: dict[str, Any], run: RunMonth) -> None:
    """教师考核 stands in the bureau's workbook only under 教师考核上报=是, and then without its lines of children."""

    def sheets(result: Result) -> list[str]:
        (bureau,) = [book for name, book in publish(result) if name.startswith("上报")]
        return [page.name for page in bureau.pages]

    assert "教师考核" not in sheets(run(month))
    month["plan"] = {"sheets": {"参数": [{"参数": "教师考核上报", "值": "是"}]}}
    reported = sheets(run(month))
    assert reported[-1] == "教师考核"
    assert "教师明细" not in reported
