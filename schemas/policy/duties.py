"""The duties of 频次要求 (contract §4): who owes a child how many records a period, and in which presets."""

from __future__ import annotations

from dataclasses import dataclass, replace

from schemas.codes import Contact, Pairing, Role

PRESETS = ("篇一", "篇二", "篇三", "篇四", "篇五", "篇六", "篇七")
DEFAULT_PRESET = "篇四"

# 周期, 事项 and 适用对象 of contract §4.
WEEK, MONTH, TERM, YEAR, HOLIDAY = "周", "月", "学期", "学年", "假期"
PERIODS = (WEEK, MONTH, TERM, YEAR, HOLIDAY)
TALK, CALL, VISIT, WALK, ACTIVITY, CHECK = "谈心", "亲情联络", "家访", "走访", "活动", "检查"
MATTERS = (TALK, CALL, VISIT, WALK, ACTIVITY, CHECK)
EVERYONE, FOCUS, BOARDERS, DAY_PUPILS, POTENTIAL, MOTHERED = "全体", "重点帮扶", "住校", "走读", "潜能生", "有爱心妈妈"
AUDIENCES = (EVERYONE, FOCUS, BOARDERS, DAY_PUPILS, POTENTIAL, MOTHERED)


@dataclass(frozen=True)
class Duty:
    """What is owed to a child: `times` records of `matter` a `period`, by one of `roles`, in one of `forms` (empty = any).

    A preset's duty is in force from the month `since` to the month before `until` ("": ever).
    """

    code: str
    matter: str
    roles: tuple[str, ...]
    forms: tuple[str, ...]
    period: str
    times: int
    audience: str
    source: str
    is_on: bool = True
    since: str = ""
    until: str = ""

    def holds_in(self, month: str) -> bool:
        """Tell whether a preset's duty is in force in a month as 2026-10 ("": in the newest)."""
        return not self.until if not month else self.since <= month and (not self.until or month < self.until)


_CALLS = (Contact.PHONE, Contact.VIDEO, Contact.LETTER)
# (duty, the presets that turn it on), from the table of contract §4.
_DUTIES: tuple[tuple[Duty, str], ...] = (
    (Duty("T1", TALK, (Role.HEAD_TEACHER,), (), MONTH, 1, EVERYONE, "篇四.三.5"), "一二三四六"),
    (Duty("T2", TALK, (Pairing.MOTHER, Pairing.FATHER), (), WEEK, 1, MOTHERED, "篇三.二.4"), "三"),
    (
        Duty("T3", TALK, (Role.HEAD_TEACHER, Pairing.TEACHER, Role.SUBJECT_TEACHER), (), MONTH, 2, EVERYONE, "篇五.5"),
        "五",
    ),
    (Duty("T4", TALK, (Role.SUBJECT_TEACHER,), (), MONTH, 1, EVERYONE, "篇七.三.9"), "七"),
    (Duty("T5", TALK, (Pairing.TEACHER, Role.HEAD_TEACHER), (), MONTH, 1, BOARDERS, "篇五.4"), "一五"),
    (Duty("H1", VISIT, (), (Contact.HOME_VISIT,), TERM, 1, EVERYONE, "篇四.三.4"), "三四六"),
    (Duty("H2", VISIT, (), (Contact.HOME_VISIT,), TERM, 1, DAY_PUPILS, "篇五.4"), "五"),
    (Duty("C1", CALL, (), _CALLS, MONTH, 1, EVERYONE, "篇二.4"), "二三四五六七"),
)


def preset_duties(preset: str, month: str = "") -> tuple[Duty, ...]:
    """Return all duties that are in force in a month as 2026-10 ("": the newest), those of the preset switched on."""
    held = [(duty, chapters) for duty, chapters in _DUTIES if duty.holds_in(month)]
    return tuple(replace(duty, is_on=preset[-1] in chapters) for duty, chapters in held)
