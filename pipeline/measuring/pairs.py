"""The pairings of a month, and who is paired (contract §8.8, §8.20)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.children.roster import NOBODY
from pipeline.filled import is_whole
from pipeline.merged import Merged
from pipeline.school_year import SchoolYear
from schemas import frames
from schemas.codes import Pairing

MOTHERS = (Pairing.MOTHER, Pairing.FATHER)
_DECIDING = ("pupil", "student_no", "kind", "helper", "since", "until")


@dataclass(frozen=True)
class Pairings:
    """`active`: one row an active pairing of a child (`child`, `kind`, `helper`, `has_plan`, `is_checked`).

    `doubtful`: one row a pairing in error that may be active (`child` or NOBODY, `file`, `kind`). `known`: one row a
    sound pairing, those that have ended as well.
    """

    active: pd.DataFrame
    doubtful: pd.DataFrame
    known: pd.DataFrame

    def __post_init__(self) -> None:
        frames.PAIRINGS.checked(self.active)
        frames.PAIRINGS.checked(self.doubtful)
        frames.PAIRINGS.checked(self.known)


def pairings(merged: Merged, people: pd.DataFrame, year: SchoolYear) -> Pairings:
    """Return the pairings at T of the children whom their own class counts; of rows alike, the first speaks."""
    filled, child = merged.tables["pairings"], merged.child_of["pairings"]
    last, first = pd.Timestamp(year.month.last_day), pd.Timestamp(year.month.first_day)
    rows = filled.values[["file"]].assign(
        helper=filled.good("helper"),
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
    in_error = filled.any_wrong(_DECIDING) | rows["child"].eq(NOBODY)
    sure = known & ~filled.faulty["until"]
    return Pairings(rows[is_open & sure], rows[is_open & in_error], rows[counted & sure])


def by_own(done: pd.DataFrame, of: Pairings, kinds: tuple[str, ...]) -> pd.DataFrame:
    """Return the talks of helpers with their own children: in a pairing of `kinds` that ran that day (contract §4)."""
    own = of.known.loc[of.known["kind"].isin(list(kinds)), ["child", "helper", "since", "until"]]
    both = done.reset_index(names="talk").merge(
        own, left_on=["child", "by"], right_on=["child", "helper"], validate="m:m"
    )
    ran = both["since"].le(both["date"]) & (both["until"].isna() | both["until"].gt(both["date"]))
    return done.loc[both.loc[ran, "talk"].unique()]


def has_one(people: pd.DataFrame, of: Pairings, kinds: tuple[str, ...]) -> pd.Series[bool]:
    """Tell who has an active pairing of one of `kinds`."""
    having = of.active.loc[of.active["kind"].isin(list(kinds)), "child"]
    return pd.Series(people.index.isin(having), people.index)


def is_mothered(people: pd.DataFrame, of: Pairings) -> pd.Series[bool]:
    """Tell who has an active 爱心妈妈 or 爱心爸爸 beyond doubt."""
    return has_one(people, of, MOTHERS)


def mothered(people: pd.DataFrame, of: Pairings) -> pd.Series[bool]:
    """Tell to whom a duty of a 爱心妈妈 is owed: an active pairing, or one in error that may be (contract §8.20).

    Where the child of a pairing in error can't be told, every child of its class is owed.
    """
    possible = of.doubtful[of.doubtful["kind"].isin(list(MOTHERS)) | of.doubtful["kind"].isna()]
    files = possible.loc[possible["child"].eq(NOBODY), "file"]
    return is_mothered(people, of) | people.index.isin(possible["child"]) | people["file"].isin(list(files))
