"""The school's own workbooks: 校验报告, 考核与未达标, 简报, and the notice board's 公示 (contract §6)."""

from __future__ import annotations

from dataclasses import replace

from schemas.bureau_layout import (
    CHILDREN_HEADING,
    CLASS_FIGURES,
    COMMON_FIELDS,
    COMMON_HEADING,
    LACKING_FIGURES,
    SCORE_FIELDS,
    SCORES,
    SUM,
    VERDICT,
    change,
    counts,
    done,
    due,
    figure,
    grade,
    head_teacher,
    is_met,
    klass,
    last_month,
    rate,
)  # fmt: skip
from schemas.figures import BY_KEY
from schemas.layouts import Each, Field, Grid, Layout, Sheet
from schemas.public_words import COUNTS


def _table(key: str, *fields: Field | Each, heading: str = "") -> Grid:
    """Return a table for eyes alone: no program reads the school's own workbooks."""
    return Grid(key, fields, heading, is_read=False)


def _centred(key: str, title: str, width: float) -> Field:
    return Field(key, title, "centred", width)


def _wrapped(key: str, title: str, width: float) -> Field:
    return Field(key, title, "wrapped", width)


def _count(key: str, title: str, width: float) -> Field:
    return Field(key, title, "count", width)


def _line(key: str) -> Field:
    return Field(f"{key}_line", "走势", "spark", 12)


_NAME, _FULL = Field("name", "姓名", "text", 14), _count("full", "满分", 8)
_POINTS, _SHORT = Field("points", "得分", "score", 9), _wrapped("lacking", "没有达成的", 90)
_LEVEL, _STATE = _centred("level", "级别", 9), _centred("state", "状态", 9)

# --- 校验报告 ---------------------------------------------------------------------------------------------------------

PROBLEMS = Sheet("problems", "问题清单", (  # at these widths A4 prints it large enough to be read
    _table("problem_list",
        _wrapped("file", "文件", 15), _wrapped("sheet", "工作表", 9), _centred("cell", "单元格", 7), _wrapped("column", "列名", 9),
        _centred("level", "级别", 5.5), _centred("rule", "规则", 6), _wrapped("typed", "现值", 13), _wrapped("problem", "问题", 35),
        _wrapped("remedy", "怎么改", 35), _centred("state", "状态", 7), _wrapped("said", "说明", 13)),
), freeze=1, has_filter=True)  # fmt: skip
TURNOUT = Sheet("turnout", "交表情况", (
    _table("turnout",
        grade(9), klass(7), head_teacher(10), Field("files", "文件", "text", 40), _STATE, _count("rows", "行数", 9),
        _count("errors", "错误数", 9), _count("warnings", "警告数", 9), _count("explained", "已说明数", 9)),
), freeze=2, has_filter=True)  # fmt: skip
PROBLEM_COUNTS = Sheet("problem_counts", "问题统计", (
    _table("by_class",
        grade(), klass(9), _centred("state", "状态（点开）", 11), _wrapped("most", "最多的问题", 60), _wrapped("files", "文件", 30),
        _centred("errors", "错误", 9), _centred("warnings", "待核对", 9), _centred("noted", "提示", 9), heading="按班级"),
    _table("by_rule",
        _centred("rule", "规则", 10), _LEVEL, _centred("count", "条数", 11), _wrapped("problem", "问题", 60), _wrapped("files", "涉及", 30),
        heading="按规则"),
    _table("unchecked",
        _centred("rule", "规则", 10), _LEVEL, _centred("count", "条数", 11), _wrapped("what", "检查什么", 60),
        _wrapped("why", "为什么没能检查", 30), heading="没能检查的规则"),
))  # fmt: skip
NOTICE = Sheet("notice", "群通知", (
    _table("messages", grade(8), klass(6), _wrapped("text", "可以直接发给这个班（不含学生姓名）", 72), heading="一班一条"),
), is_landscape=False)
RECEIPTS = Sheet("receipts", "回执", (
    _table("receipts",
        _wrapped("file", "文件", 24), _count("rows", "行数", 7), _wrapped("sheets", "各表行数", 44),
        _wrapped("saved_at", "保存时间（北京时间）", 12), _wrapped("sha256", "SHA-256", 25)),
), is_landscape=True, freeze=1)  # fmt: skip
_THEN_AND_NOW = (_centred("before", "上次", 20), _centred("now", "这次", 20), _centred("change", "变化", 12))
AGAIN = Sheet("again", "与上次运行相比", (
    _table("again_files", Field("file", "文件", "text", 40), _centred("what", "变化", 20), heading="文件"),
    _table("again_rows", Field("sheet", "工作表", "text", 40), *_THEN_AND_NOW, heading="数据行数"),
    _table("again_figures", figure("text", 40), *_THEN_AND_NOW, heading="指标"),
), is_landscape=False)  # fmt: skip
VALIDATION = Layout("校验报告", (PROBLEMS, TURNOUT, PROBLEM_COUNTS, NOTICE, RECEIPTS, AGAIN))

# --- 考核与未达标 -------------------------------------------------------------------------------------------------------

OWN_SCORES = replace(SCORES, is_landscape=True, grids=(
    Grid("scores", (*SCORE_FIELDS, _centred("rank_before", "上月名次", 9), _centred("moved", "升降", 8))),
))  # fmt: skip
FIGURES = Sheet("figures", "指标一览", (
    _table("figure_list",
        Field("figure", "指标（点开看名单）", "text", 20), _wrapped("over", "应计的是", 40), done(), due(), rate(), _count("short", "没有达成", 11)),
), is_landscape=False)  # fmt: skip
DETAIL = Sheet("detail", "考核明细", (
    _table("detail", grade(9), klass(7), Field("item", "项目", "text", 16), _FULL, done(9), due(9), _POINTS, _SHORT),
), freeze=3, has_filter=True)  # fmt: skip
NAMES = Sheet("names", "未达标名单", (
    _table("names_common", *COMMON_FIELDS, heading=COMMON_HEADING),
    _table("names", grade(7.5), klass(5), Field("name", "姓名", "centred", 10), LACKING_FIGURES, heading=CHILDREN_HEADING),
), freeze=3, has_filter=True, main="names")  # fmt: skip
TEACHERS = Sheet("teachers", "教师考核", (
    _table("teachers",
        _centred("rank", "名次", 6), Field("teacher", "教师", "text", 18), _count("children", "负责儿童", 10), Each("items", "score", 10),
        replace(SUM, width=9), VERDICT),
), freeze=2)  # fmt: skip
TEACHER_DETAIL = Sheet("teacher_detail", "教师明细", (
    _table("teacher_detail",
        Field("teacher", "教师", "text", 12), Field("item", "项目", "text", 14), _FULL, done(9), due(9), _POINTS, _SHORT),
), freeze=2, has_filter=True)  # fmt: skip
_MEANS = (
    _centred("rank", "名次", 8), Field("name", "名称", "text", 18), _count("months", "计分月数", 12), Field("mean", "平均分", "score", 12),
    _centred("advice", "建议", 16),
)  # fmt: skip
YEAR = Sheet("year", "学年综合", (
    _table("year_classes", *_MEANS, Field("model", "文明班", "text", 16, is_blank=True), heading="各班（学年至今）"),
    _table("year_teachers", *_MEANS, heading="教师（学年至今）"),
), is_landscape=False, main="year_teachers")  # fmt: skip
TREND = Sheet("trend", "学年走势", (
    _table("trend_lines",
        klass(20, "text"), Field("total", "总分", "score", 10), _line("total"),
        *(field for key in CLASS_FIGURES for field in (Field(key, BY_KEY[key].title, "share", 10), _line(key))),
        heading="各班：本月的数和本学年的走势"),
    _table("trend_school", figure("text", 17), Each("months", "share", 10), heading="全校各项指标"),
), freeze=1)  # fmt: skip
TREND_DATA = Sheet("trend_data", "走势数据", (
    _table("trend_scores", klass(17, "text"), Each("months", "score", 9), heading="各班总分"),
    _table("trend_classes", Field("class_and_figure", "班级、指标", "text", 25), Each("months", "share", 9), heading="各班主要指标"),
), is_landscape=False, freeze=1, main="trend_classes")  # fmt: skip
MOVES = Sheet("moves", "在册变动", (
    _table("moves",
        grade(), klass(13), _centred("pupil", "学生", 14), _centred("sign", "增减", 8), _centred("kind", "情况", 13),
        _centred("registered", "学籍异动登记", 32)),
), is_landscape=False)  # fmt: skip
CHAPTERS = Sheet("chapters", "七篇对照", (
    _table("chapters",
        _centred("code", "编号", 7), _centred("in_force", "执行", 9), _wrapped("matter", "要求", 22), _wrapped("evidence", "证据填在", 18),
        _wrapped("how", "怎么看", 29), _count("done", "达成", 6), _count("due", "应有", 6), _centred("state", "情况", 10.5),
        _wrapped("lacking", "还差谁", 36), _wrapped("printed", "印在", 13)),
), freeze=1, has_filter=True)  # fmt: skip
OWED = Sheet("owed", "对照名单", (
    _table("owed", grade(9), klass(8), _NAME, _wrapped("lack", "缺什么（编号见“七篇对照”）", 100)),
), freeze=3, has_filter=True)
APART = Sheet("apart", "单独列示", (
    _table("apart", _centred("group", "类别", 24), grade(9), klass(8), _NAME, _wrapped("standing", "情况", 60)),
), has_filter=True)  # fmt: skip
OWN = Layout("考核与未达标", (
    OWN_SCORES, FIGURES, DETAIL, NAMES, TEACHERS, TEACHER_DETAIL, YEAR, TREND, TREND_DATA, MOVES, CHAPTERS, OWED, APART,
))  # fmt: skip

# --- 学生变动台账 -------------------------------------------------------------------------------------------------------

EVENTS = Sheet("events", "变动", (
    _table("events",
        _centred("month", "月份", 10), klass(13), _centred("pupil", "学生", 12), _wrapped("what", "变动", 16),
        _wrapped("before", "原来", 24), _wrapped("now", "现在", 24), _centred("counted", "在册", 7), _wrapped("source", "依据", 40)),
), freeze=3, has_filter=True)  # fmt: skip
REGISTER = Sheet("register", "逐月", (
    _table("register", Field("name", "姓名", "text", 12), klass(13), Each("months", "wrapped", 15)),
), freeze=2, has_filter=True)  # fmt: skip
UPRIGHT_MONTHS = 4  # that the sheet holds upright
CHANGES = Layout("学生变动台账", (EVENTS, REGISTER))

# --- 简报, 公示 -------------------------------------------------------------------------------------------------------

BRIEF = Sheet("brief", "简报", (
    _table("brief", figure(), done(12), due(12), rate(12), last_month(12), change(12), is_met(12), heading="一、三项目标"),
), is_landscape=False)  # fmt: skip
PUBLIC = Sheet("public", "公示", (
    _table("public_figures", figure("text", 16), replace(rate(12), role="centred"), Field("meaning", "怎么算", "across", 14), heading="全校落实情况"),
    _table("public_classes", grade(16), klass(12), *counts(14, COUNTS), heading="各班人数"),
), "留守儿童关爱工作公示", is_landscape=False)  # fmt: skip
