"""The workbook for the bureau, sheet by sheet and column by column (contract §7): the standard layout.

A province's own layout is `replace(BUREAU, name=…, sheets=…)` of the same keys (`tests/publishing/test_layouts.py` has one); which one
schools send, `layout_in_force` says. This module imports no words: `bureau_words` imports it.
"""

from __future__ import annotations

from collections.abc import Iterable

from schemas.codes import CHANGES_IN, CHANGES_OUT, MOVEMENTS_IN, MOVEMENTS_OUT, Change, Movement
from schemas.figures import BY_KEY
from schemas.layouts import CoverSheet, Each, Field, Grid, Layout, Sheet

TITLE = "农村留守儿童关爱保护工作月报"
CLASS_FIGURES = ("archived", "kept", "teacher_paired", "talked", "visited")
CARE_FIGURES = (
    "classmate_paired", "mother_paired", "focus_paired", "study_plan", "pairing_checked", "called", "guardian_met",
    "took_part", "birthday", "growth", "case_planned", "card_updated",
)  # fmt: skip


def grade(width: float = 10, role: str = "centred") -> Field:
    return Field("grade", "年级", role, width)


def klass(width: float = 8, role: str = "centred") -> Field:
    return Field("class", "班级", role, width)


def head_teacher(width: float) -> Field:
    return Field("head_teacher", "班主任", "centred", width)


def turnout(width: float) -> Field:
    return Field("turnout", "交表", "centred", width)


def figure(role: str = "text", width: float = 18) -> Field:
    return Field("figure", "指标", role, width)


def done(width: float = 10) -> Field:
    return Field("done", "达成数", "count", width)


def due(width: float = 10) -> Field:
    return Field("due", "应计数", "count", width)


def rate(width: float = 11) -> Field:
    return Field("rate", "完成率", "rate", width)


def target(width: float) -> Field:
    return Field("target", "目标", "rate", width)


def is_met(width: float) -> Field:
    return Field("is_met", "是否达标", "verdict", width)


def last_month(width: float) -> Field:
    return Field("last_month", "上月", "rate", width)


def change(width: float) -> Field:
    return Field("change", "变化", "rate", width)


COUNT_COLUMNS = {
    "in_l": "在册留守", "is_double": "双亲留守", "is_single": "单亲留守", "is_national": "国家口径", "is_planned": "方案口径",
    "is_male": "男", "is_female": "女", "is_boarder": "住校", "is_day_pupil": "走读",
}  # fmt: skip


def counts(width: float = 5.5, keys: Iterable[str] = COUNT_COLUMNS) -> tuple[Field, ...]:
    """Return a column a head count."""
    return tuple(Field(key, COUNT_COLUMNS[key], "count", width) for key in keys)


def n_of(key: str) -> str:
    """Return the key of the column that holds n of a figure."""
    return f"{key}_n"


def due_of(key: str) -> str:
    """Return the key of the column that holds N of a figure."""
    return f"{key}_due"


def share(key: str, narrow: float = 6.5, wide: float = 8.5) -> tuple[Field, ...]:
    """Return the three columns of a figure: n, N, rate (contract §7)."""
    title = BY_KEY[key].title
    return (
        Field(n_of(key), f"{title} n", "count", narrow), Field(due_of(key), f"{title} N", "count", narrow), Field(key, title, "rate", wide),
    )  # fmt: skip


def shares(keys: tuple[str, ...], narrow: float = 6.5, wide: float = 8.5) -> tuple[Field, ...]:
    """Return the columns of several figures."""
    return tuple(field for key in keys for field in share(key, narrow, wide))


KEY_OF_CHANGE = {word: name.lower() for name, word in vars(Change).items() if not name.startswith("_")}
KEY_OF_MOVEMENT = {word: name.lower() for name, word in vars(Movement).items() if not name.startswith("_")}


def came(kind: str) -> str:
    """Return the key of the column of those who came in this way."""
    return f"came_{KEY_OF_CHANGE[kind]}"


def went(kind: str) -> str:
    """Return the key of the column of those who went in this way."""
    return f"went_{KEY_OF_CHANGE[kind]}"


_ONES = (
    Field("number", "序号", "centred", 8), Field("item", "内容", "text", 36), done(), due(), rate(), Field("evidence", "统计依据", "wrapped", 56),
)  # fmt: skip
RELATION = (
    Field("number", "序号", "centred", 7), Field("relation", "关系", "wrapped", 60), Field("left", "左边", "count", 10),
    Field("right", "右边", "count", 10), Field("difference", "差", "count", 8), Field("in_balance", "核对", "verdict", 8),
)  # fmt: skip
SUM, VERDICT = Field("total", "总分", "score", 8), Field("verdict", "评价", "centred", 8)
SCORE_FIELDS = (Field("rank", "名次", "count", 5), grade(8), klass(5), Each("items", "score", 6.2), SUM, VERDICT)
SCORES = Sheet("scores", "班级考核", (Grid("scores", SCORE_FIELDS),), is_landscape=False, freeze=3)
FACTS = {"school": "学校名称：", "code": "学校标识码：", "month": "报送月份：", "day": "统计时点：", "basis": "统计口径："}
SIGNATURES = ("填报单位（盖章）：", "填报人：", "负责人：", "填报日期：")
HIGHLIGHTS = Grid("highlights", (figure("centred", 10), done(), due(), rate(10)), is_read=False)
TREND_CHART = "全校主要指标（学年）"
MOVED = (*MOVEMENTS_IN, *MOVEMENTS_OUT)

COVER = CoverSheet("cover", "封面", FACTS, HIGHLIGHTS, SIGNATURES)
TARGETS = Sheet("targets", "目标达成", (
    Grid("targets", (
        figure("text", 15), due(8), done(8), rate(9), target(7), is_met(8), last_month(9), change(8), Field("short", "还差", "count", 6),
        Field("where", "差得最多的班", "wrapped", 28),
    )),
), is_landscape=False)  # fmt: skip
GRADES = Sheet("grades", "年级统计", (
    Grid("grades", (grade(7), turnout(6), *counts(4.7), *shares(CLASS_FIGURES, 5.4, 7.4))),  # on one page
), freeze=1)  # fmt: skip
CLASSES = Sheet("classes", "班级统计", (
    Grid("classes", (grade(9), klass(7), head_teacher(11), turnout(9), *counts(9), *shares(CLASS_FIGURES, 7, 10))),
), freeze=2, breaks=(n_of(CLASS_FIGURES[0]),))  # fmt: skip
CARE = Sheet("care", "关爱落实", (
    Grid("care", (grade(11), klass(6), *(Field(key, BY_KEY[key].title, "rate", 9 if key == "pairing_checked" else 7.2) for key in CARE_FIGURES)),
         "各班落实情况（达成数/应计数）"),
    Grid("potential", (figure("centred", 11), done(6), due(7.2), rate(7.2)), "潜能生落实情况（全校合计，只列总数）",
         "潜能生包括“潜能生”和“留守兼潜能”中在读的学生；不公布任何个人。"),
), is_landscape=False)  # fmt: skip
ONES = Sheet("ones", "十个一", (Grid("ten_ones", _ONES, "“十个一”进展"), Grid("five_ones", _ONES, "“五个一”进展")))
_PAGE_OF_FIGURES = 151.2  # characters: what a page holds beside a child's name, nothing below nine points
LACKING_FIGURES = Each("figures", "mark", round(_PAGE_OF_FIGURES / (len(BY_KEY) - 1), 2))  # all but 报送质量
COMMON_FIELDS = (
    grade(7.5), klass(5), figure("mark", 10), Field("count", "人数", "count", 6), Field("lack", "缺什么", "across", 7.4),
)  # fmt: skip
COMMON_HEADING, CHILDREN_HEADING = "全校、全班共同缺的（下表不再一个个列）", "一名学生一行"
LACKING = Sheet("lacking", "未达标清单", (
    Grid("lacking_common", COMMON_FIELDS, COMMON_HEADING),
    Grid("lacking", (grade(7.5), klass(5), Field("pupil", "学生", "centred", 10), LACKING_FIGURES), CHILDREN_HEADING),
), freeze=3, has_filter=True, main="lacking")  # fmt: skip
MOVEMENTS = Sheet("movements", "学籍异动", (
    Grid("balance", (
        grade(), klass(), Field("last_roll", "上月在册", "count", 9),
        *(Field(came(kind), f"增·{kind}", "count", 8) for kind in CHANGES_IN),
        *(Field(went(kind), f"减·{kind}", "count", 8) for kind in CHANGES_OUT),
        Field("this_roll", "本月在册", "count", 9), Field("in_balance", "核对", "centred", 8),
    ), "在册留守：上月在册 + 增加 − 减少 = 本月在册（按人核对）"),
    Grid("movements", (grade(), klass(), *(Field(KEY_OF_MOVEMENT[kind], kind, "count", 9) for kind in MOVED)), "本月登记的学籍异动（人次）"),
))  # fmt: skip
ACTIVITIES = Sheet("activities", "活动与资助", (
    Grid("activities", (
        Field("kind", "类型", "text", 23), Field("own", "班级活动次数", "count", 14), Field("school", "学校活动次数", "count", 14),
        Field("times", "留守儿童参加人次", "count", 18),
    ), "本月活动"),
    Grid("donations", (
        Field("kind", "类别", "text", 20), Field("gifts", "次数", "count", 14), Field("count", "数量", "count", 14),
        Field("amount", "折合金额（元）", "money", 18), Field("beneficiaries", "受益人数", "count", 12), Field("insured", "总保额（元）", "money", 18),
    ), "本月捐助与保险"),
    Grid("facilities", (
        Field("item", "项目", "text", 20), Field("count", "数量", "count", 14), Field("usable", "可用", "centred", 14),
    ), "关爱设施"),
), is_landscape=False)  # fmt: skip
RULE = (Field("rule", "规则", "centred", 12), Field("level", "级别", "centred", 12), Field("count", "条数", "count", 12))
QUALITY = Sheet("quality", "数据质量", (
    Grid("quality", (
        grade(12), klass(12), turnout(12), Field("rows", "数据行", "count", 12), Field("clean", "无错误行", "count", 12),
        Field("rate", "报送质量", "rate", 12), Field("errors", "错误", "count", 12), Field("warnings", "警告", "count", 12),
        Field("noted", "提示", "count", 12),
    ), "各班报送质量"),
    Grid("problems", (*RULE, Field("problem", "问题", "across", 12)), "问题分类"),
), is_landscape=False)  # fmt: skip
NOTES = Sheet("notes", "填报说明", (
    Grid("figures", (figure("wrapped", 17), Field("done", "达成数（n）", "wrapped", 48), Field("due", "应计数（N）", "wrapped", 44)),
         "指标怎么算", is_read=False),
    Grid("bases", (Field("basis", "口径", "wrapped", 17), Field("meaning", "含义", "across", 48)), "三种口径", is_read=False),
    Grid("parameters", (Field("parameter", "参数", "wrapped", 17), Field("value", "值", "wrapped", 48), Field("note", "说明", "wrapped", 44)),
         "执行的参数", is_read=False),
    Grid("duties", (Field("matter", "事项", "wrapped", 17), Field("duty", "要求", "wrapped", 48), Field("source", "来源", "wrapped", 44)),
         "执行的要求", is_read=False),
), is_landscape=False)  # fmt: skip
CROSSFOOT = Sheet("crossfoot", "勾稽关系", (Grid("crossfoot", RELATION),), is_landscape=False)
PICTURES = Sheet("pictures", "本学年走势", (
    Grid("trend_picture", (figure(), Each("months", "share", 11)), "主要指标各月的完成率", is_read=False),
), is_landscape=False)  # fmt: skip

CONTRACT = (COVER, TARGETS, GRADES, CLASSES, CARE, ONES, SCORES, LACKING, MOVEMENTS, ACTIVITIES, QUALITY, NOTES)
_SHARE = ("done", "due")
BUREAU = Layout(TITLE, (*CONTRACT, CROSSFOOT, PICTURES), needed={
    "classes": ("grade", "class", "turnout", *COUNT_COLUMNS),
    "targets": ("figure", *_SHARE), "potential": ("figure", *_SHARE), "ten_ones": ("number", *_SHARE), "five_ones": ("number", *_SHARE),
    "balance": ("grade", "class", "last_roll", *map(came, CHANGES_IN), *map(went, CHANGES_OUT), "this_roll", "in_balance"),
    "crossfoot": ("relation", "left", "right", "in_balance"), "problems": ("rule", "count"),
    "scores": ("total", "verdict"),
    "quality": ("rows", "clean", "errors", "warnings", "noted"),
    "donations": ("amount", "beneficiaries", "insured"),
})  # fmt: skip
