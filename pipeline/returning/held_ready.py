"""The rows that a class's template holds ready, one a child in 谈心记录, 家校联系 and 成长记录: no records yet.

What stands in them is what would be typed in every month alike; `Table.prefilled` says which cells alone are no record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.model import Month
from schemas.class_workbook import GROWTH
from schemas.codes import TALK_MODE, Contact, Role, Status
from schemas.kinds import NUMBER_CELL
from schemas.policy import CALL, MONTH, TALK, Policy

Row = Mapping[str, Any]
CALLS = (Contact.PHONE, Contact.VIDEO, Contact.LETTER)
_AWAY = (Status.SUSPENDED, Status.LEFT_CONFIRMED, Status.LEFT_UNSETTLED, Status.DROPOUT, Status.GRADUATED, Status.DEAD)


def held_ready(
    children: Sequence[Row], head_teacher: str, month: Month, policy: Policy, calls: Sequence[str] = ()
) -> dict[str, list[Row]]:
    """Return table key → the rows to hold ready, one a child who is at school; none outside the teaching months.

    `children`: rows of 学生档案 as typed; `calls`: 形式 of the last call of each, in the same order. A talk stands
    ready for the 班主任 where the plan asks one of him, a call where it asks one a month.
    """
    if month.number not in policy.teaching_months:
        return {}
    calls = calls or [Contact.PHONE] * len(children)
    named = [(child, call) for child, call in zip(children, calls, strict=True) if child.get("name")]
    alike = Counter(child["name"] for child, _ in named)
    found: dict[str, list[Row]] = {"talks": [], "contacts_log": [], "growth": []}
    talk = (
        {"speaker": head_teacher, "role": Role.HEAD_TEACHER, "mode": TALK_MODE.words[0]} if _asks_talks(policy) else {}
    )
    usual = {key: _typed(key, word) for key, word in GROWTH.prefilled if word}
    asks_calls = any(duty.period == MONTH for duty in policy.duties_of(CALL))
    for child, kind in named:
        if child.get("status") in _AWAY:
            continue
        who = {"pupil": child["name"], "student_no": child.get("student_no") if alike[child["name"]] > 1 else None}
        found["growth"].append(who | usual)
        if talk:
            found["talks"].append(who | talk)
        if asks_calls:
            found["contacts_log"].append(who | {"kind": kind})
    return found


def _typed(key: str, word: str) -> str | int:
    """Return a word as a spreadsheet program takes it: a count as a number, or the live sheet passes it over."""
    return int(word) if GROWTH.by_key[key].kind.cell == NUMBER_CELL else word


def _asks_talks(policy: Policy) -> bool:
    """Tell whether the plan asks talks that the 班主任 may hold."""
    return any(not duty.roles or Role.HEAD_TEACHER in duty.roles for duty in policy.duties_of(TALK))
