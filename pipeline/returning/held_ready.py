"""The rows that a class's template holds ready, one a child in 谈心记录, 家校联系 and 成长记录: no records yet.

What stands in them is what would be typed in every month alike; `Table.prefilled` and `Table.issued` say which cells
alone are no record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.model import Month
from schemas.class_workbook import CLASS_WORKBOOK, GROWTH
from schemas.codes import CONTACT_OF, TALK_MODE, Contact, Parent, Role, Status
from schemas.held import label_of, marks_of
from schemas.kinds import NUMBER_CELL
from schemas.policy import CALL, MONTH, TALK, Policy

Row = Mapping[str, Any]
CALLS = (Contact.PHONE, Contact.VIDEO, Contact.LETTER)
_AWAY = (Status.SUSPENDED, Status.LEFT_CONFIRMED, Status.LEFT_UNSETTLED, Status.DROPOUT, Status.GRADUATED, Status.DEAD)


@dataclass(frozen=True)
class LastMonth:
    """What was typed of a child last month, and decides no figure.

    `call`, `with_whom`: 形式 and 联系对象 of his last call; `levels`: 学习表现 and 行为习惯, by key.
    """

    call: str = CALLS[0]
    with_whom: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)


NOTHING_TYPED = LastMonth()


def held_ready(
    children: Sequence[Row], head_teacher: str, month: Month, policy: Policy, last: Sequence[LastMonth] = ()
) -> dict[str, list[Row]]:
    """Return table key → the rows to hold ready, one a child who is at school; none outside the teaching months.

    `children`: rows of 学生档案 as typed; `last`: what last month knows of each, in the same order. A talk stands
    ready for the 班主任 where the plan asks one of him, a call where it asks one a month: with whom it was last, else
    with the parents who are away.
    """
    if month.number not in policy.teaching_months:
        return {}
    last = last or [NOTHING_TYPED] * len(children)
    named = [(child, own) for child, own in zip(children, last, strict=True) if child.get("name")]
    alike = Counter(child["name"] for child, _ in named)
    found: dict[str, list[Row]] = {"talks": [], "contacts_log": [], "growth": []}
    talk = (
        {"speaker": head_teacher, "role": Role.HEAD_TEACHER, "mode": TALK_MODE.words[0]} if _asks_talks(policy) else {}
    )
    usual = {key: _typed(key, word) for key, word in GROWTH.prefilled if word}
    asks_calls = any(duty.period == MONTH for duty in policy.duties_of(CALL))
    for child, own in named:
        if child.get("status") in _AWAY:
            continue
        who = {"pupil": child["name"], "student_no": child.get("student_no") if alike[child["name"]] > 1 else None}
        found["growth"].append({**who, **usual, **own.levels})
        if talk:
            found["talks"].append(who | talk)
        if asks_calls:
            found["contacts_log"].append(who | {"kind": own.call, "with_whom": own.with_whom or _who_is_away(child)})
    return found


def marks_of_held(rows: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    """Return what _meta of a workbook has to know of the rows that it is issued with: label → marks."""
    told = {label_of(t): marks_of(t, rows.get(t.key, ())) for t in CLASS_WORKBOOK.tables if t.issued}
    return {label: marks for label, marks in told.items() if marks}


def _who_is_away(child: Row) -> str | None:
    """Return whom a call is with while a parent is away, None where nobody is known to be."""
    father, mother = (child.get(f"{parent}_status") == Parent.AWAY for parent in ("father", "mother"))
    return CONTACT_OF.get((father, mother))


def _typed(key: str, word: str) -> str | int:
    """Return a word as a spreadsheet program takes it: a count as a number, or the live sheet passes it over."""
    return int(word) if GROWTH.by_key[key].kind.cell == NUMBER_CELL else word


def _asks_talks(policy: Policy) -> bool:
    """Tell whether the plan asks talks that the 班主任 may hold."""
    return any(not duty.roles or Role.HEAD_TEACHER in duty.roles for duty in policy.duties_of(TALK))
