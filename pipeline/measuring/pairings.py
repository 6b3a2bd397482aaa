"""教师结对率, 学习帮手率, 爱心妈妈率, 重点结对率, 学习帮扶计划率, 结对检查率 (contract §5, §8.8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.children.roster import NOBODY
from pipeline.filled import is_whole
from pipeline.measuring.tally import CHILDREN, COLUMNS, per_child, units
from pipeline.merged import Merged
from pipeline.model import Places
from pipeline.school_year import SchoolYear
from schemas import frames
from schemas.codes import YES, Pairing
from schemas.figures import AND, LACKS, TAINTED, UNSETTLED

MOTHERS = (Pairing.MOTHER, Pairing.FATHER)
_DECIDING = ("pupil", "student_no", "kind", "helper", "since", "until")


@dataclass(frozen=True)
class Pairings:
    """`active`: one row an active pairing of a child (`child`, `kind`, `helper`, `has_plan`, `is_checked`).

    `doubtful`: one row a pairing in error that may be active (`child` or NOBODY, `file`, `kind`).
    """

    active: pd.DataFrame
    doubtful: pd.DataFrame

    def __post_init__(self) -> None:
        frames.PAIRINGS.checked(self.active)
        frames.PAIRINGS.checked(self.doubtful)


def pairings(merged: Merged, people: pd.DataFrame, year: SchoolYear) -> Pairings:
    """Return the pairings at T of the children whom their own class counts; of rows alike, the first speaks."""
    filled, child = merged.tables["pairings"], merged.child_of["pairings"]
    last, first = pd.Timestamp(year.month.last_day), pd.Timestamp(year.month.first_day)
    rows = filled.values[["file", "helper"]].assign(
        child=child,
        kind=filled.good("kind"),
        since=filled.good("since"),
        until=filled.good("until"),
        has_plan=pd.concat([filled.good(key) for key in ("plan", "plan_time", "plan_goal")], axis=1)
        .notna()
        .all(axis=1),
        is_checked=filled.good("checked_on").between(first, last) & filled.good("check_result").notna(),
    )
    counted = rows["child"].eq(NOBODY) | rows["file"].eq(rows["child"].map(people["file"]))
    is_open = ~(rows["until"].notna() & rows["until"].le(last))
    known = is_whole(filled) & rows["child"].ne(NOBODY)
    again = rows[counted & known].duplicated(["child", "kind", "helper", "since"])
    is_open &= counted & ~rows.index.isin(again.index[again])
    in_error = filled.faulty[list(_DECIDING)].any(axis=1) | rows["child"].eq(NOBODY)
    return Pairings(rows[is_open & known & ~filled.faulty["until"]], rows[is_open & in_error])


def paired(
    figure: str, people: pd.DataFrame, of: Pairings, kinds: tuple[str, ...], over: str = CHILDREN
) -> pd.DataFrame:
    """Return the tally of those who have an active pairing of one of `kinds`."""
    return per_child(figure, people, _has(people, of, kinds), LACKS[figure], over=over)


def _has(people: pd.DataFrame, of: Pairings, kinds: tuple[str, ...]) -> pd.Series[bool]:
    having = of.active.loc[of.active["kind"].isin(list(kinds)), "child"]
    return pd.Series(people.index.isin(having), people.index)


def focus_paired(people: pd.DataFrame, of: Pairings) -> pd.DataFrame:
    """重点结对率: of those with 重点帮扶=是, an active 帮扶教师 and an active 代理家长."""
    focus = people[people["focus"].eq(YES)]
    teacher, parent = _has(focus, of, (Pairing.TEACHER,)), _has(focus, of, (Pairing.PARENT,))
    lacks = [
        AND.join(kind for kind, has in ((Pairing.TEACHER, t), (Pairing.PARENT, p)) if not has)
        for t, p in zip(teacher, parent, strict=True)
    ]
    words = pd.Series([LACKS["focus_paired"].format(detail=lack) for lack in lacks], focus.index, dtype="str")
    return per_child("focus_paired", focus, teacher & parent, words)


def study_plan(people: pd.DataFrame, of: Pairings) -> pd.DataFrame:
    """学习帮扶计划率: an active 帮扶教师 or 学习帮手 pairing with all three plan cells."""
    planned = of.active[of.active["kind"].isin([Pairing.TEACHER, Pairing.CLASSMATE]) & of.active["has_plan"]]
    met = pd.Series(people.index.isin(planned["child"]), people.index)
    return per_child("study_plan", people, met, LACKS["study_plan"])


def pairing_checked(people: pd.DataFrame, of: Pairings, place: Places) -> pd.DataFrame:
    """结对检查率: one unit an active pairing of A, or a pairing in error that may be active (contract §8.8, §8.20)."""
    active = of.active[of.active["child"].isin(people.index)]
    tainted = active["child"].map(people["is_tainted"]).astype(bool)
    n = (active["is_checked"] & ~tainted).astype("int64")
    lack = active["kind"].map(lambda kind: LACKS["pairing_checked"].format(detail=kind)).mask(tainted, TAINTED)
    frame = pd.DataFrame(
        {
            "figure": "pairing_checked",
            "over": CHILDREN,
            "grade": active["child"].map(people["grade"]),
            "number": active["child"].map(people["number"]),
            "child": active["child"],
            "n": n,
            "N": 1,
            "lack": lack.astype("str").mask(n.eq(1), ""),
        },
        columns=COLUMNS,
    )
    doubtful = of.doubtful[of.doubtful["child"].eq(NOBODY) | of.doubtful["child"].isin(people.index)]
    rows: list[Any] = [
        (*place[file], child, 0, 1, UNSETTLED)
        for file, child in zip(doubtful["file"], doubtful["child"], strict=True)
        if file in place
    ]
    return pd.concat([frame, units("pairing_checked", rows)], ignore_index=True)


def is_mothered(people: pd.DataFrame, of: Pairings) -> pd.Series[bool]:
    """Tell who has an active 爱心妈妈 or 爱心爸爸 beyond doubt."""
    return _has(people, of, MOTHERS)


def mothered(people: pd.DataFrame, of: Pairings) -> pd.Series[bool]:
    """Tell to whom a duty of a 爱心妈妈 is owed: an active pairing, or one in error that may be (contract §8.20).

    Where the child of a pairing in error can't be told, every child of its class is owed.
    """
    possible = of.doubtful[of.doubtful["kind"].isin(list(MOTHERS)) | of.doubtful["kind"].isna()]
    files = possible.loc[possible["child"].eq(NOBODY), "file"]
    return is_mothered(people, of) | people.index.isin(possible["child"]) | people["file"].isin(list(files))
