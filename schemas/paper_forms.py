"""The forms to write on by hand, as declarations: which tables stand together on one A4 page, with which columns.

A workbook prints each of its sheets on a page of its own, and its columns are made for a keyboard: here small tables
share a page and columns are as wide as a hand needs. What was written is typed into the workbook; paper is not handed in.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.class_workbook import (
    ACTIVITIES,
    CLASS_WORKBOOK,
    CONTACTS,
    CONTACTS_LOG,
    GROWTH,
    HOLIDAY_CHECKS,
    PAIRINGS,
    PLANS,
    PUPILS,
    SERVICES,
    TALKS,
)
from schemas.kinds import Text
from schemas.school_workbook import (
    CLASSES,
    COMMITTEE,
    DOCUMENTS,
    DONATIONS,
    FACILITIES,
    INSPECTIONS,
    MEETINGS,
    MOVEMENTS,
    RED_FLAGS,
    SCHOOL_ACTIVITIES,
    SCHOOL_AGE,
    SCHOOL_WORKBOOK,
    STAFF,
)
from schemas.tables import Column, Table

CLASS_TITLE, SCHOOL_TITLE = "班级纸质登记表", "学校纸质登记表"
FILE_NAME = "{title}.docx"
MONTH_FILE_NAME = "{class_name}_{month}.docx"
MONTH = "{year}年{number}月"
MOST_PAGES = 10  # that a class is given to write on

WHO_CLASS = "学校＿＿＿＿＿＿＿＿　　＿＿年级（＿＿）班　　班主任＿＿＿＿＿＿　　月份＿＿＿＿年＿＿月"
WHO_SCHOOL = "学校＿＿＿＿＿＿＿＿＿＿　　填表人＿＿＿＿＿＿　　月份＿＿＿＿年＿＿月"
WHO_KNOWN = "{school}　　{class_name}　　班主任：{head}　　{month}"
TO_TYPE = "手写用：写好后照着录进“{form}”再交，这张纸不用交。蓝底的列必填，黄底的列看情况填；写不下再印这一页。"
SAME_NAME = "班里有同名学生的，姓名后面写上学籍号"
STOP, HELD_READY = "。", "备好"
WORDS_OF, AND, WORD_AND, END = "{titles}：{words}", "、", "／", "；"
PAGE, OF, PAGES = "第 ", " 页 / 共 ", " 页"


@dataclass(frozen=True)
class PaperTable:
    """A table on a page: the keys of its columns that are written by hand, under its title and a `mark` of its own.

    `lines`: how many to write on, 0 for as many as fill the page; `across`: it stands so many times side by side.
    `printed`: the keys of what a class's own edition prints, of the rows that the template holds. `words`: what is said of
    it, where that is not what its sheet says.
    """

    table: Table
    keys: tuple[str, ...]
    mark: str = ""
    lines: int = 0
    across: int = 1
    printed: tuple[str, ...] = ()
    words: str = ""

    @property
    def title(self) -> str:
        return self.table.title + self.mark


@dataclass(frozen=True)
class PaperSheet:
    """The tables of a page, upright or lying."""

    parts: tuple[PaperTable, ...]
    is_landscape: bool = False


@dataclass(frozen=True)
class PaperForm:
    """A form to write on: what it is called, the workbook that it is typed into, who it asks for, its pages."""

    title: str
    workbook: str
    who: str
    sheets: tuple[PaperSheet, ...]


def _but(table: Table, *left_out: str) -> tuple[str, ...]:
    return tuple(key for key in table.keys if key not in ("student_no", *left_out))


def _from(table: Table, first: str, last: str) -> tuple[str, ...]:
    return table.keys[table.keys.index(first) : table.keys.index(last) + 1]


def _upright(*parts: PaperTable) -> PaperSheet:
    return PaperSheet(parts)


def _lying(*parts: PaperTable) -> PaperSheet:
    return PaperSheet(parts, is_landscape=True)


_CARD_OF_GUARDIAN = ("pupil", *_from(CONTACTS, "guardian_name", "updated_on"))
_HELD = {
    "talks": ("pupil", "student_no", "speaker", "role", "mode"),
    "contacts_log": ("pupil", "student_no", "kind", "with_whom"),
    "growth": ("pupil", "student_no", "study", "conduct", "absent_days", "trigger"),
}
_TALKS = PaperTable(TALKS, _but(TALKS), printed=_HELD["talks"])
_CALLS = PaperTable(CONTACTS_LOG, _but(CONTACTS_LOG), printed=_HELD["contacts_log"])
_GROWTH = PaperTable(GROWTH, _but(GROWTH), printed=_HELD["growth"])
_PLANS = PaperTable(PLANS, _but(PLANS), lines=9, printed=("pupil", "reason", "made_on", "owner"))
_SERVICES = PaperTable(SERVICES, _but(SERVICES))

CLASS_PAPER = PaperForm(
    CLASS_TITLE, CLASS_WORKBOOK.title, WHO_CLASS,
    (
        _lying(PaperTable(PUPILS, _from(PUPILS, "name", "lives_with_parents"), "（一）")),
        _lying(PaperTable(PUPILS, ("name", *_from(PUPILS, "guardianship", "remark")), "（二）")),
        _lying(PaperTable(CONTACTS, ("pupil", *_from(CONTACTS, "home_address", "mother_work_address")), "（一）")),
        _lying(PaperTable(CONTACTS, _CARD_OF_GUARDIAN, "（二）")),
        _lying(PaperTable(PAIRINGS, _but(PAIRINGS))),
        _lying(_TALKS),
        _upright(_CALLS),
        _upright(PaperTable(ACTIVITIES, _but(ACTIVITIES)), _PLANS),
        _upright(_GROWTH),
        _upright(_SERVICES, PaperTable(HOLIDAY_CHECKS, HOLIDAY_CHECKS.keys, lines=12)),
    ),
)  # fmt: skip

_ANY = Text()
CHANGES = Table(
    "changes",
    "名册改动",
    "一处改动",
    (
        Column("name", "学生姓名", PUPILS.by_key["name"].kind, width=10),
        Column("sheet", "哪张表", _ANY, width=12),
        Column("column", "哪一列", _ANY, width=14),
        Column("was", "原来是", _ANY, width=18),
        Column("becomes", "改成", _ANY, width=24),
    ),
    "学生来了走了、电话住址变了、换了帮扶人，记在这里，再改“学生档案”“联系卡”“结对帮扶”；没有变动就空着。",
)
_CHECKS = PaperTable(
    PAIRINGS, ("pupil", "helper", "checked_on", "check_result"), "·检查", across=3, printed=("pupil", "helper"),
    words="一行一个结对，写本月检查的日期和结果，录进“结对帮扶”里这一行。新结的对、结束了的，写到“名册改动”",
)  # fmt: skip
_CHANGES = PaperTable(CHANGES, CHANGES.keys, lines=12)
MONTH_PAPER = PaperForm(
    CLASS_TITLE, CLASS_WORKBOOK.title, "",
    (
        _lying(_TALKS),
        _upright(_CALLS),
        _upright(_GROWTH),
        _upright(_CHECKS),
        _upright(PaperTable(ACTIVITIES, _but(ACTIVITIES)), _PLANS),
        _upright(_SERVICES, _CHANGES),
    ),
)  # fmt: skip
HOLIDAY_PAPER = PaperForm(
    CLASS_TITLE, CLASS_WORKBOOK.title, "",
    (
        _upright(PaperTable(HOLIDAY_CHECKS, HOLIDAY_CHECKS.keys)),
        _upright(_CALLS),
        _upright(PaperTable(ACTIVITIES, _but(ACTIVITIES)), _PLANS),
        _upright(_SERVICES, _CHANGES),
    ),
)  # fmt: skip

SCHOOL_PAPER = PaperForm(
    SCHOOL_TITLE, SCHOOL_WORKBOOK.title, WHO_SCHOOL,
    (
        _upright(PaperTable(CLASSES, CLASSES.keys)),
        _upright(PaperTable(STAFF, STAFF.keys)),
        _upright(PaperTable(SCHOOL_AGE, SCHOOL_AGE.keys)),
        _lying(PaperTable(MOVEMENTS, MOVEMENTS.keys)),
        _lying(PaperTable(SCHOOL_ACTIVITIES, SCHOOL_ACTIVITIES.keys)),
        _upright(PaperTable(COMMITTEE, COMMITTEE.keys), PaperTable(FACILITIES, FACILITIES.keys, lines=12)),
        _lying(PaperTable(DONATIONS, DONATIONS.keys)),
        _upright(PaperTable(INSPECTIONS, INSPECTIONS.keys), PaperTable(RED_FLAGS, RED_FLAGS.keys, lines=7)),
        _upright(PaperTable(MEETINGS, MEETINGS.keys), PaperTable(DOCUMENTS, DOCUMENTS.keys, lines=12)),
    ),
)  # fmt: skip
