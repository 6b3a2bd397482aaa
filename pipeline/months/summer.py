"""The summer: a month of the 学年 before as the new one meets it, every class a grade higher (contract §8.4).

After 九年级, and after 六年级 where the school has no 七年级, children have left as 毕业; all others are looked for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pipeline.model import Place
from pipeline.months.snapshots import CHILDREN, TURNOUT, Snapshot

AFTER_SIXTH, _AFTER_NINTH = 7, 10  # the grades into which the leavers would go


def promoted(last_year: Sequence[Snapshot], now: Collection[Place]) -> list[Snapshot]:
    """Return the months of the 学年 before, a grade higher. `now`: the classes that this month knows.

    That the school has no 七年级 is certain only where it had none last year either: nobody is let go on a doubt.
    """
    before = {grade for snapshot in last_year for grade in snapshot.frames[TURNOUT]["grade"]}
    has_seventh = AFTER_SIXTH in before | {grade for grade, _ in now}
    leaving = frozenset({_AFTER_NINTH} if has_seventh else {AFTER_SIXTH, _AFTER_NINTH})
    return [_a_grade_higher(snapshot, leaving) for snapshot in last_year]


def _a_grade_higher(snapshot: Snapshot, leaving: frozenset[int]) -> Snapshot:
    """Return a month with its classes a grade higher; what settled an absence held to the end of the 学年."""
    children, turnout = snapshot.children, snapshot.frames[TURNOUT]
    frames = {
        **snapshot.frames,
        CHILDREN: children.assign(grade=children["grade"] + 1, is_settled=False),
        TURNOUT: turnout.assign(grade=turnout["grade"] + 1),
    }
    return replace(snapshot, frames=frames, leaving=leaving, _filled={}, _rows={})
