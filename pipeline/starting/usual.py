"""What the admin has said once for the whole school (常用值), as it holds for one child: never over a source."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import count
from typing import Any

from pipeline.model import Place
from pipeline.starting.notes import Notes
from schemas import names
from schemas import start_words as w
from schemas.codes import Parent
from schemas.starting.mapping_form import AT_HOME, LIVE_AT_HOME, OTHER_PARENT

_NUMBER = "{begin}{grade:02d}{number:02d}-{count:02d}"
_PARENTS = ("father", "mother")
_SINCE, _SEEN_SINCE = "since", "helper_since"


def usual_of(
    usual: Mapping[str, Any], facts: Mapping[str, Any], notes: Notes, numbers: Iterator[str]
) -> dict[str, Any]:
    """Return the usual cells of a child, by column. Where something was seen that is in doubt (`notes`) stays empty.

    `numbers`: the archive numbers that are still free in his class. A guardian lives at the child's home only where
    监护类型 says one who does: an uncle or the mother's parents have a home of their own.
    """
    own = {key: value for key, value in usual.items() if key not in notes}
    own |= _of_other_parent(own.pop(OTHER_PARENT, ""), facts, notes)
    if {**own, **facts}.get(_status_of_other(facts)) != Parent.HOME:
        own.pop("home_parent_capable", None)
    if own.get("archive_no") and "archive_no" not in facts:
        own["archive_no"] = next(numbers)
    if own.pop("guardian_address", "") == AT_HOME and facts.get("guardianship") in LIVE_AT_HOME:
        own["guardian_address"] = facts.get("home_address")
    if _SEEN_SINCE in notes:
        own.pop(_SINCE, None)
    return own


def with_helper(
    usual: Mapping[str, Any], facts: Mapping[str, Any], notes: Notes, head_teacher: str
) -> Mapping[str, Any]:
    """Return the facts of a child, the 班主任 as who helps him where that is usual and no source names another."""
    is_free = "helper_teacher" not in (*facts, *notes)
    is_usual = bool(usual.get("helper_teacher")) and bool(head_teacher) and is_free
    return {**facts, "helper_teacher": head_teacher} if is_usual else facts


def _status_of_other(facts: Mapping[str, Any]) -> str:
    """Return the column of the parent beside the one who is away, "" where not exactly one is known to be."""
    away = [parent for parent in _PARENTS if facts.get(f"{parent}_status") == Parent.AWAY]
    return next(f"{parent}_status" for parent in _PARENTS if parent not in away) if len(away) == 1 else ""


def _of_other_parent(word: str, facts: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    """Return the status of the other parent: only where a source says that one is away, and names the other.

    One of whom a source knows no name may be dead or gone for good.
    """
    status = _status_of_other(facts)
    who = "".join((*(facts["left_behind"][1:] if "left_behind" in facts else ()), facts.get("away", "")))
    is_one = facts.get("is_single") == w.YES or len(set(who)) == 1
    if not word or not status or not is_one or status in (*facts, *notes):
        return {}
    name = str(facts.get(status.replace("status", "name"), ""))
    return {status: word} if names.is_readable(name) else {}


def usual_of_staff(usual: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    """Return the usual cells of a teacher, but for those in which lists contradict each other."""
    return {key: usual.get(key) for key in ("active",) if key not in notes}


def archive_numbers(begin: str, place: Place, taken: Collection[Any]) -> Iterator[str]:
    """Yield the archive numbers of a class, 2026-0302-01 and on, without those that sources gave.

    Each class counts by itself: a class whose workbook is issued once more takes no number of another that is filled.
    """
    numbers = (_NUMBER.format(begin=begin, grade=place[0], number=place[1], count=n) for n in count(1))
    return (number for number in numbers if number not in taken)
