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
from schemas.class_names import NUMERALS
from schemas.figures import BY_KEY, FIGURES, OF_POTENTIAL
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
MOVED = {"moved_found": "转出的已在县内查到", "moved_missing": "离校没有登记去向", "moved_double": "两所学校都在册"}
"""Children who changed school inside the county, as counts: see `pipeline/county/records.py` for the rules behind."""
COUNTED = {
    **CLASSES, **COUNT_COLUMNS,
    **{of(key): f"{title}{part}" for key, title in SHARES.items() for of, part in ((n_of, "达成数"), (due_of, "应计数"))},
    "roll_before": "上月在册", "roll_in": "增加", "roll_out": "减少", "roll_now": "本月在册",
    "scored": "计分班数", **VERDICT_COUNTS, **ROWS, "beneficiaries": "受益人数", "unbalanced": "合计不平",
    "faults": "勾稽关系不平", **MOVED,
}  # fmt: skip
MONEY = {"score_sum": "总分之和", "amount": "捐助折合金额", "insured": "总保额"}
MAIN = ("archived", "in_school", "kept", "teacher_paired", "talked", "visited")
BEST = ("archived", "talked", "visited")  # what a school has to have done in full to be named as an example


SIZES = ("complete", "rows_clean")  # count cells and rows, which are many: their columns are wide


def evenly(keys: tuple[str, ...], most: int) -> tuple[tuple[str, ...], ...]:
    """Return keys in as few groups as hold at most `most` each, none more than one shorter than another."""
    count = -(-len(keys) // most)
    return tuple(keys[len(keys) * at // count : len(keys) * (at + 1) // count] for at in range(count))


GROUPS = (*evenly(tuple(f.key for f in FIGURES if f.key not in SIZES), 5), SIZES)
"""All figures in groups, each of which fits the width of a page with n, N and rate."""
HEAT_GROUPS = evenly(tuple(f.key for f in FIGURES), 11)
"""All figures in groups, each of which fits the width of a page with its rate alone."""


def _name(width: float, role: str = "wrapped") -> Field:
    return Field("name", "学校名称", role, width)


def _county(width: float) -> Field:
    return Field("county", "区县", "wrapped", width)


def _town(width: float) -> Field:
    return Field("town", "乡镇", "wrapped", width)


def _state(width: float) -> Field:
    return Field("state", "状态", "centred", width)


def _basis(width: float) -> Field:
    return Field("basis", "统计口径", "centred", width)


def _counts(titles: dict[str, str], width: float, role: str = "count") -> tuple[Field, ...]:
    return tuple(Field(key, title, role, width) for key, title in titles.items())


def _groups(key: str, *heads: Field) -> tuple[Grid, ...]:
    """Return a table a group of figures: n, N and rate of each."""
    return tuple(
        Grid(grid, (*heads, *shares(group, *((9.5, 8.5) if group == SIZES else (6.5, 8.2)))), _FIGURES.format(number=NUMERALS[number - 1]))
        for number, (grid, group) in enumerate(zip(keys_of_groups(key), GROUPS, strict=True), start=1)
    )


def keys_of_groups(key: str) -> tuple[str, ...]:
    """Return the keys of the tables of all figures: town_figures, town_figures_2 …"""
    return (key, *(f"{key}_{number}" for number in range(2, len(GROUPS) + 1)))


def _heat(key: str, *heads: Field) -> tuple[Grid, ...]:
    """Return tables that together show the level of every figure."""
    return tuple(
        Grid(f"{key}_{number}", (*heads, *(Field(f, BY_KEY[f].title, "heat", 10) for f in group)), _LEVELS.format(number=NUMERALS[number - 1]))
        for number, group in enumerate(HEAT_GROUPS, start=1)
    )


SCHOOLS_DUE, SCHOOLS_DONE = "应交学校", "计入汇总"
FACTS = {
    "name": "辖区名称：", "month": "报送月份：", "day": "统计时点：", "deadline": "交表截止：", "schools_due": f"{SCHOOLS_DUE}：",
    "reporting": "报送率：", "timely": "按时率：", "behind": "没有报齐：", "schools_done": f"{SCHOOLS_DONE}：",
}  # fmt: skip
_CHILDREN, _FIGURES, _LEVELS = "交表与人数", "各项指标（{number}）：n 达成数，N 应计数", "完成率和档次（{number}）"
_HEADS = (*_counts(CLASSES, 8), *counts(7))
REPORTED = (
    Field("due", "应交", "count", 8), Field("on_time", "按时", "count", 7), Field("late", "迟交", "count", 7),
    Field("undated", "日期不明", "count", 9), Field("partial", "部分班级未交", "count", 13), Field("refused", "退回", "count", 7),
    Field("double", "重复", "count", 7), Field("missing", "未交", "count", 7), Field("whole", "报齐", "count", 8),
    Field("reporting", "报送率", "rate", 10), Field("timely", "按时率", "rate", 10),
)  # fmt: skip
"""On time, late and undated are whole: 报送率 = 报齐 ÷ 应交, 按时率 = 按时 ÷ 应交."""

COVER = CoverSheet("cover", "封面", FACTS, HIGHLIGHTS, SIGNATURES)
TARGETS = Sheet("targets", "目标达成", (
    Grid("targets", (figure("text", 20), due(11), done(11), rate(), target(11), is_met(11), last_month(11), change(11))),
), is_landscape=False)  # fmt: skip
REPORTING = Sheet("reporting", "报送情况", (
    Grid("reporting", (_county(12), _town(14), *REPORTED)),
), freeze=2)  # fmt: skip
COUNTIES = Sheet("counties", "区县统计", (
    Grid("counties", (_county(14), *REPORTED, Field("in_l", COUNT_COLUMNS["in_l"], "count", 10)), "报送"),
    *_heat("county_heat", _county(14)),
), freeze=1)  # fmt: skip
TOWNS = Sheet("towns", "乡镇统计", (
    Grid("towns", (
        _county(11), _town(13), Field("schools_due", SCHOOLS_DUE, "count", 9), Field("schools_done", SCHOOLS_DONE, "count", 9), *_HEADS,
    ), _CHILDREN),
), freeze=2)  # fmt: skip
TOWN_FIGURES = Sheet("town_figures", "乡镇指标", _groups("town_figures", _county(11), _town(12)), freeze=2)
SCHOOLS = Sheet("schools", "学校统计", (
    Grid("school_children", (_county(9), _town(9), _name(22), _state(13), *_HEADS), _CHILDREN),
), freeze=3)  # fmt: skip
SCHOOL_FIGURES = Sheet("school_figures", "学校指标", _groups("school_figures", _county(7), _town(8), _name(16)), freeze=3)
HEAT = Sheet("heat", "指标热力图", (
    *_heat("school_heat", _county(8), _town(9), _name(18)),
    *_heat("town_heat", _county(8), _town(9), Field("name", "", "centred", 18)),
), "各项指标的完成率和档次", freeze=3)  # fmt: skip
RANKS = Sheet("ranks", "指标名次", (
    Grid("ranks", (_town(9), _name(18), *(Field(f.key, f.title, "count", min(5.2, 114 / len(FIGURES))) for f in FIGURES))),
), freeze=2)  # fmt: skip
LACKING = Sheet("lacking", "未达标学校", (
    Grid("lacking", (_county(10), _town(10), _name(24, "text"), figure("text", 16), done(9), due(9), Field("short", "差", "count", 9), rate(10))),
), is_landscape=False, has_filter=True)  # fmt: skip
TURNOUT = Sheet("turnout", "交表情况", (
    Grid("turnout", (
        Field("code", "学校标识码", "centred", 13), _name(22), _county(8), _town(8), _state(13), Field("received", "收到日期", "centred", 11),
        Field("received_by", "日期来源", "centred", 9), Field("late_days", "迟交天数", "count", 9), Field("classes", "已交/应交班", "centred", 11),
        Field("missing", "没有交的班", "wrapped", 22), Field("reason", "原因", "wrapped", 24),
    )),
))  # fmt: skip
MESSAGES = Sheet("messages", "发送文字", (
    Grid("messages", (_town(10), _name(24), Field("text", "发给这所学校的文字", "wrapped", 100))),
))  # fmt: skip
VISITS = Sheet("visits", "建议走访", (
    Grid("visits", (
        Field("number", "序号", "centred", 6), _county(9), _town(10), _name(22), Field("points", "分值", "count", 7),
        Field("why", "为什么", "wrapped", 80),
    )),
))  # fmt: skip
SCORES = Sheet("scores", "班级考核", (
    Grid("scores", (
        _name(26), Field("scored", "计分班数", "count"), Field("average", "平均分", "score"), *_counts(VERDICT_COUNTS, 11),
    ), "各校班级考核"),
    Grid("best", (
        _name(26), *(Field(key, BY_KEY[key].title, "centred", 12) for key in BEST), Field("in_l", COUNT_COLUMNS["in_l"], "count", 10),
    ), "经验推荐"),
))  # fmt: skip
MOVERS = Sheet("movers", "县内转学", (
    Grid("movers", (_county(12), _town(14), _name(28), *_counts(MOVED, 14))),
), is_landscape=False)  # fmt: skip
CROSSFOOT = Sheet("crossfoot", "勾稽", (
    Grid("crossfoot", RELATION),
    Grid("own_balance", (
        Field("number", "", "centred", 7, is_blank=True), _name(64), Field("unbalanced", "不平处数", "count", 12),
        Field("right", "", "count", 12, is_blank=True), Field("difference", "", "count", 10, is_blank=True),
        Field("in_balance", "核对", "verdict", 9),
    ), "各校勾稽", is_read=False),
))  # fmt: skip
QUALITY = Sheet("quality", "数据质量", (
    Grid("quality", (_name(26), _basis(10), *_counts(ROWS, 11), Field("rate", "报送质量", "rate", 11))),
))  # fmt: skip
TREND = Sheet("trend", "趋势", (
    Grid("trend", (figure("text", 20), Each("months", "share", 9.5)), "各月完成率"),
    Grid("alike", (
        figure("text", 20), Field("last_done", "上月达成数", "count", 12), Field("last_due", "上月应计数", "count", 12),
        Field("last_rate", "上月完成率", "rate", 12), done(12), due(12), rate(12), change(12),
    ), "与上月比较（只比两个月都交、班级相同的学校）"),
))  # fmt: skip
NOTES = Sheet("notes", "填报说明", is_landscape=False)
DATA = Sheet("data", "学校数据", (
    Grid("schools", (
        *(Field(key, title, "text", 16) for key, title in (("code", "学校标识码"), ("name", "学校名称"), ("county", "区县"), ("town", "乡镇"))),
        _basis(9), Field("is_complete", "班级交齐", "centred", 9), Field("classes_in", "已交的班", "text", 20),
        *_counts(COUNTED, 9), *_counts(MONEY, 12, "money"),
    )),
), freeze=2, is_hidden=True)  # fmt: skip
DISTRICT = Layout(TITLE, (
    COVER, TARGETS, REPORTING, COUNTIES, TOWNS, SCHOOLS, TOWN_FIGURES, SCHOOL_FIGURES, HEAT, RANKS, LACKING, TURNOUT, MESSAGES, VISITS,
    SCORES, MOVERS, CROSSFOOT, QUALITY, TREND, NOTES, DATA,
), needed={
    "targets": ("figure", "done", "due"), "turnout": ("code", "name", "county", "town", "state", "reason"),
    "schools": ("code", "basis", "is_complete", *COUNTED, *MONEY),
})  # fmt: skip
