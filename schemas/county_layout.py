"""The district's workbook, sheet by sheet and column by column: the standard layout."""

from __future__ import annotations

from schemas.bureau_layout import (
    COUNT_COLUMNS,
    HIGHLIGHTS,
    RELATION,
    SIGNATURES,
    change,
    counts,
    done,
    due,
    due_of,
    figure,
    is_met,
    last_month,
    n_of,
    rate,
    shares,
    target,
)  # fmt: skip
from schemas.figures import FIGURES, OF_POTENTIAL
from schemas.layouts import CoverSheet, Each, Field, Grid, Layout, Sheet
from schemas.ones import FIVE_ONES, TEN_ONES
from schemas.verdicts import ELIGIBLE_NOT, FAILED, NOT_RANKED, PASSED, TOP

TITLE = "农村留守儿童关爱保护工作月报汇总"

# --- what is counted of a school: the columns of 学校数据, which a roll-up above reads ---------------------------------

SHARES = {
    **{f.key: f.title for f in FIGURES},
    **{f"potential_{f.key}": f"潜能生{f.title}" for f in OF_POTENTIAL},
    **{f"one_{number}": f"十个一·{title}" for number, title in TEN_ONES.items()},
    **{key: f"五个一·{title}" for key, title in FIVE_ONES.items()},
}
"""Share → title: of each, n and N are counted."""
VERDICTS = {
    "top": TOP, "passed": PASSED, "failed": FAILED, "not_eligible": ELIGIBLE_NOT, "not_ranked": NOT_RANKED,
}  # fmt: skip
VERDICT_COUNTS = {key: f"{verdict}班数" for key, verdict in VERDICTS.items()}
CLASSES = {"classes_due": "应交班数", "classes_done": "已交班数"}
ROWS = {"rows": "数据行", "clean": "无错误行", "errors": "错误", "warnings": "警告", "noted": "提示"}
COUNTED = {
    **CLASSES, **COUNT_COLUMNS,
    **{of(key): f"{title}{part}" for key, title in SHARES.items() for of, part in ((n_of, "达成数"), (due_of, "应计数"))},
    "roll_before": "上月在册", "roll_in": "增加", "roll_out": "减少", "roll_now": "本月在册",
    "scored": "计分班数", **VERDICT_COUNTS, **ROWS, "beneficiaries": "受益人数", "unbalanced": "勾稽不平",
}  # fmt: skip
MONEY = {"score_sum": "总分之和", "amount": "捐助折合金额", "insured": "总保额"}
MAIN = ("archived", "in_school", "kept", "teacher_paired", "talked", "visited")


def _name(width: float) -> Field:
    return Field("name", "学校名称", "text", width)


def _county(width: float) -> Field:
    return Field("county", "区县", "centred", width)


def _town(width: float) -> Field:
    return Field("town", "乡镇", "centred", width)


def _state(width: float) -> Field:
    return Field("state", "状态", "centred", width)


def _basis(width: float) -> Field:
    return Field("basis", "统计口径", "centred", width)


def _counts(titles: dict[str, str], width: float, role: str = "count") -> tuple[Field, ...]:
    return tuple(Field(key, title, role, width) for key, title in titles.items())


SCHOOLS_DUE, SCHOOLS_DONE = "应交学校", "已交学校"
FACTS = {
    "name": "辖区名称：", "month": "报送月份：", "day": "统计时点：", "schools_due": f"{SCHOOLS_DUE}：", "schools_done": f"{SCHOOLS_DONE}：",
}  # fmt: skip
_CHILDREN, _FIGURES = "交表与人数", "主要指标（n 达成数，N 应计数）"
_HEADS, _MAIN = (*_counts(CLASSES, 8), *counts(8)), shares(MAIN, 7, 9)

COVER = CoverSheet("cover", "封面", FACTS, HIGHLIGHTS, SIGNATURES)
TARGETS = Sheet("targets", "目标达成", (
    Grid("targets", (figure("text", 20), due(11), done(11), rate(), target(11), is_met(11), last_month(11), change(11))),
), is_landscape=False)  # fmt: skip
TOWNS = Sheet("towns", "乡镇统计", (
    Grid("towns", (
        _county(12), _town(14), Field("schools_due", SCHOOLS_DUE, "count", 9), Field("schools_done", SCHOOLS_DONE, "count", 9), *_HEADS,
    ), _CHILDREN),
    Grid("town_figures", (_county(12), _town(14), *_MAIN), _FIGURES),
), freeze=2)  # fmt: skip
SCHOOLS = Sheet("schools", "学校统计", (
    Grid("school_children", (_town(12), _name(26), _state(8), *_HEADS), _CHILDREN),
    Grid("school_figures", (_town(12), _name(26), *_MAIN), _FIGURES),
), freeze=2)  # fmt: skip
LACKING = Sheet("lacking", "未达标学校", (
    Grid("lacking", (_county(10), _town(10), _name(24), figure("text", 16), done(9), due(9), Field("short", "差", "count", 9), rate(10))),
), is_landscape=False, has_filter=True)  # fmt: skip
TURNOUT = Sheet("turnout", "交表情况", (
    Grid("turnout", (
        Field("code", "学校标识码", "centred", 14), Field("name", "学校名称", "wrapped", 26), _county(12), _town(12), _state(9),
        Field("reason", "原因", "wrapped", 60),
    )),
))  # fmt: skip
SCORES = Sheet("scores", "班级考核", (
    Grid("scores", (
        _name(26), Field("scored", "计分班数", "count"), Field("average", "平均分", "score"), *_counts(VERDICT_COUNTS, 11),
        Field("best", "经验推荐", "centred", 11),
    )),
))  # fmt: skip
CROSSFOOT = Sheet("crossfoot", "勾稽", (
    Grid("crossfoot", RELATION),
    Grid("own_balance", (
        Field("number", "", "centred", 7, is_blank=True), Field("name", "学校名称", "wrapped", 64), Field("unbalanced", "不平处数", "count", 12),
        Field("right", "", "count", 12, is_blank=True), Field("difference", "", "count", 10, is_blank=True),
        Field("in_balance", "核对", "verdict", 9),
    ), "各校勾稽", is_read=False),
), is_landscape=False)  # fmt: skip
QUALITY = Sheet("quality", "数据质量", (
    Grid("quality", (_name(26), _basis(10), *_counts(ROWS, 11), Field("rate", "报送质量", "rate", 11))),
))  # fmt: skip
TREND = Sheet("trend", "趋势", (Grid("trend", (figure("text", 20), Each("months", "share", 11))),), is_landscape=False)
NOTES = Sheet("notes", "填报说明", is_landscape=False)
DATA = Sheet("data", "学校数据", (
    Grid("schools", (
        *(Field(key, title, "text", 16) for key, title in (("code", "学校标识码"), ("name", "学校名称"), ("county", "区县"), ("town", "乡镇"))),
        _basis(9), Field("is_complete", "班级交齐", "centred", 9), *_counts(COUNTED, 9), *_counts(MONEY, 12, "money"),
    )),
), freeze=2, is_hidden=True)  # fmt: skip
DISTRICT = Layout(TITLE, (
    COVER, TARGETS, TOWNS, SCHOOLS, LACKING, TURNOUT, SCORES, CROSSFOOT, QUALITY, TREND, NOTES, DATA,
), needed={
    "targets": ("figure", "done", "due"), "turnout": ("code", "name", "county", "town", "state", "reason"),
    "schools": ("code", "basis", "is_complete", *COUNTED, *MONEY),
})  # fmt: skip
