"""Teachers' scores: the school's own view of who is cared for by whom, which stays in it (contract §5, §8.16).

Children are counted, not records: a second talk with the same child adds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from pipeline.filled import Filled, is_whole
from pipeline.measuring.measured import Measured
from pipeline.merged import Merged
from pipeline.model import Place
from pipeline.school_year import SchoolYear
from pipeline.scoring.points import (
    flagged,
    item_points,
    places_of_honour,
    ranks_of,
    registered_points,
    totals,
    verdict_of,
)
from schemas.codes import GRADES, HAS, TARGET_TEACHER, YES, Pairing
from schemas.policy import Policy

Children = frozenset[int]


@dataclass(frozen=True)
class Share:
    """One share of a teacher: the children (or pairings) that count, and those who lack it."""

    n: int
    total: int
    lacking: tuple[int, ...] = ()


@dataclass(frozen=True)
class TeacherScore:
    """One teacher: the children he answers for, a share a measure, points before rescaling, total, rank, verdict."""

    name: str
    children: Children
    shares: Mapping[str, Share]
    points: tuple[Fraction | None, ...]
    total: Decimal
    rank: int
    verdict: str


def evaluate_teachers(
    merged: Merged, measured: Measured, heads: Mapping[Place, str], year: SchoolYear, policy: Policy
) -> list[TeacherScore]:
    """Return the scores by rank, then name, of the teachers on duty who answer for a child or have a pairing.

    `heads`: class → its head teacher. Outside 教学月份 nobody is scored (contract §5).
    """
    if not year.is_teaching:
        return []
    pairs = _teachers_pairings(measured)
    answers = _answers_for(merged, measured, heads, pairs)
    done = _Done(merged, measured, pairs, year)
    scored = sorted(_on_duty(merged) & {*answers, *pairs.loc[pairs["child"].ge(0), "helper"].dropna()})
    shares = {name: done.shares(name, answers.get(name, frozenset())) for name in scored}
    rubric = policy.teacher_rubric
    registered = registered_points(merged.tables["inspections"], year, rubric, TARGET_TEACHER, str)
    counts = {name: {key: (share.n, share.total) for key, share in shares[name].items()} for name in scored}
    points = {name: item_points(rubric, counts[name], registered.get(name, {})) for name in scored}
    ranked = totals(points, rubric)
    ranks, barred = ranks_of(ranked), flagged(merged.tables["red_flags"], TARGET_TEACHER, str)
    top = places_of_honour(ranked, barred, policy)
    found = [
        TeacherScore(
            name,
            answers.get(name, frozenset()),
            shares[name],
            points[name],
            ranked[name],
            ranks[name],
            verdict_of(name, ranked, barred, top, policy),
        )
        for name in ranked
    ]
    return sorted(found, key=lambda score: (score.rank, score.name))


def _on_duty(merged: Merged) -> set[str]:
    """Return the names of the staff who are on duty."""
    staff = merged.tables["staff"]
    return set(staff.good("name")[staff.good("active").eq(YES).fillna(False).astype(bool)].dropna())


def _teachers_pairings(measured: Measured) -> pd.DataFrame:
    """Return the active 帮扶教师 pairings of children of A, and those in error that may be: they are in N alone.

    Such a one counts for the teacher whom it names; without a name for nobody (contract §8.16).
    """
    of, in_a = measured.counting.pairs, measured.people.index[measured.people["in_a"]]
    sure = of.active[of.active["kind"].eq(Pairing.TEACHER) & of.active["child"].isin(in_a)]
    may_be = of.doubtful["kind"].eq(Pairing.TEACHER) | of.doubtful["kind"].isna()
    doubtful = of.doubtful[may_be & (of.doubtful["child"].isin(in_a) | of.doubtful["child"].lt(0))]  # or nobody's
    return pd.concat([sure, doubtful.assign(has_plan=False, is_checked=False)], ignore_index=True)


def _answers_for(
    merged: Merged, measured: Measured, heads: Mapping[Place, str], pairs: pd.DataFrame
) -> dict[str, Children]:
    """Return teacher → R: the children of A whose 班主任, active 帮扶教师 or 责任教师 he is. `pairs`: the pairings."""
    people, pupils = measured.people, merged.tables["pupils"]
    own = people[people["in_a"]]
    study = pupils.good("study_teacher").loc[merged.children["row_index"]].set_axis(merged.children.index)
    named: list[tuple[Any, int]] = [
        *((heads.get((grade, number)), child) for child, grade, number in own[["grade", "number"]].itertuples()),
        *((name, int(child)) for child, name in study.reindex(own.index).items()),
        *((name, int(child)) for child, name in pairs[["child", "helper"]].itertuples(index=False)),
    ]
    found: dict[str, set[int]] = {}
    for name, child in named:
        if name and not pd.isna(name) and child in own.index:
            found.setdefault(str(name), set()).add(int(child))
    return {name: frozenset(children) for name, children in found.items()}


class _Done:
    """What teachers have done: whom they talked with, whose family they reached, which pairings they keep."""

    def __init__(self, merged: Merged, measured: Measured, pairs: pd.DataFrame, year: SchoolYear) -> None:
        month = pd.Timestamp(year.month.first_day), pd.Timestamp(year.month.last_day)
        term = pd.Timestamp(year.term_start), pd.Timestamp(year.counted_to)
        self._talks = _by_teacher(merged, "talks", "speaker", month)
        self._contacts = _by_teacher(merged, "contacts_log", "teacher", term)
        growth, child = merged.tables["growth"], merged.child_of["growth"]
        own = growth.values["file"].eq(child.map(measured.people["file"])) & is_whole(growth)
        own &= ~growth.faulty["triggered_on"]  # 条件: a record with an error in it fulfils nothing (contract §5)
        self._diaries = frozenset(child[own & growth.good("diary").eq(HAS).fillna(False).astype(bool)])
        self._tainted = frozenset(measured.people.index[measured.people["is_tainted"]])
        self._pairs = pairs

    def shares(self, name: str, children: Children) -> dict[str, Share]:
        pairs = self._pairs[self._pairs["helper"].eq(name)]
        return {
            "talks": self._of_children(children, self._talks.get(name, frozenset())),
            "contacts": self._of_children(children, self._contacts.get(name, frozenset())),
            "plans": self._of_pairings(pairs, "has_plan"),
            "checks": self._of_pairings(pairs, "is_checked"),
            "diaries": self._of_children(children, self._diaries),
        }

    def _of_children(self, children: Children, reached: Children) -> Share:
        met = (children & reached) - self._tainted
        return Share(len(met), len(children), tuple(sorted(children - met)))

    def _of_pairings(self, pairs: pd.DataFrame, key: str) -> Share:
        kept = [bool(has) and child not in self._tainted for has, child in zip(pairs[key], pairs["child"], strict=True)]
        lacking = {child for child, has in zip(pairs["child"], kept, strict=True) if child >= 0 and not has}
        return Share(sum(kept), len(pairs), tuple(sorted(lacking)))


def _by_teacher(merged: Merged, key: str, column: str, days: tuple[pd.Timestamp, pd.Timestamp]) -> dict[str, Children]:
    """Return teacher → the children of his sound records between two days."""
    filled, child = merged.so_far[key], merged.so_far_child[key]
    found: dict[str, set[int]] = {}
    columns = (filled.good(column), child, filled.good("date"), is_whole(filled))
    for name, who, day, is_sound in zip(*(column.tolist() for column in columns), strict=True):
        if is_sound and who >= 0 and days[0] <= day <= days[1] and pd.notna(name):
            found.setdefault(str(name), set()).add(who)
    return {name: frozenset(children) for name, children in found.items()}


def head_teachers(classes: Filled, stated: Mapping[Place, str]) -> dict[Place, str]:
    """Return class → head teacher: as 班级一览 says, else as its workbook does. `stated`: the latter."""
    found = dict(stated)
    rows = zip(classes.good("grade"), classes.good("number"), classes.good("head_teacher"), strict=True)
    for grade, number, name in rows:
        if not (pd.isna(grade) or pd.isna(number) or pd.isna(name)):
            found[GRADES.index(grade) + 1, int(number)] = str(name)
    return found
