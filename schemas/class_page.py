"""本班还差什么: what each child of a class still lacks, as the columns of a page (printed) and of a sheet (live)."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.layouts import Field, Grid, Layout, Sheet

TITLE = "本班还差什么"
FILE_NAME = TITLE + "_{class_name}.xlsx"
DONE, LACKS, NOT_OWED = "√", "差", "—"


@dataclass(frozen=True)
class Mark:
    """One thing that a child is owed: the figure that counts it, and its title as two short lines."""

    key: str
    title: str
    figure: str


MARKS = (
    Mark("archive", "建档", "archived"),
    Mark("card", "联系卡", "complete"),
    Mark("teacher", "帮扶\n教师", "teacher_paired"),
    Mark("classmate", "学习\n帮手", "classmate_paired"),
    Mark("mother", "爱心\n妈妈", "mother_paired"),
    Mark("focus", "代理\n家长", "focus_paired"),
    Mark("talk", "谈心", "talked"),
    Mark("call", "亲情\n联络", "called"),
    Mark("visit", "家访", "visited"),
    Mark("meeting", "监护\n人会", "guardian_met"),
    Mark("activity", "活动", "took_part"),
    Mark("birthday", "生日", "birthday"),
    Mark("case", "个案", "case_planned"),
    Mark("growth", "成长\n记录", "growth"),
)
SHORT_BY, NOW, BEFORE, GAINS = "还差的人", "本月", "上月", "补齐加分"
_WIDTH = 5.6

CHILDREN = Grid(
    "children",
    (
        Field("name", "姓名", "text", 9.5),
        *(Field(mark.key, mark.title, "verdict", _WIDTH) for mark in MARKS),
        Field("told", "还差什么", "wrapped", 29),
    ),
    is_read=False,
)
PAGE = Sheet("class_page", TITLE, (CHILDREN,), is_one_page=True)
CLASS_PAGE = Layout(TITLE, (PAGE,))

HEADING = "{class_name} {month} " + TITLE
LINE = "班主任 {head_teacher}　　在读留守儿童 {children} 人　　总分 {total}，第 {rank} 名（上月 {before}）　　{deadline} 日前补好交表，就计入本月"
NOBODY = "本班没有要关爱的学生。"
NO_SCORE = "—"
LEGEND = "√ 已做到　差 还差　— 这名学生本月不用做。按交来的表算出；已经做了的，请补记进表里再交。只给本班老师看，用后收好。"
AND = "，"
GAIN = "+{points}"
OTHERS = "{figure} {now}"
LAST_TALK = "上次谈心 {day}"
TO_FILL, TO_MEND = "补填{titles}", "改正{titles}"
TO_MEND_FIRST = "先{todo}：改好以前各项都算没做到"
BIRTHDAY = "{day} 过生日，还没有生日会的记录"
