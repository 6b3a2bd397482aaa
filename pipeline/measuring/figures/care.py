"""监护人会率, 活动参加率, 班会率, 生日关爱率, 成长记录率 and 个案方案率 (contract §5, §8.1, §8.3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd

from pipeline.children.roster import NOBODY
from pipeline.filled import is_whole
from pipeline.measuring.counting import Counting, counts
from pipeline.measuring.tally import Tally, nobody, per_child, units
from pipeline.merged import Merged
from pipeline.school_year import SchoolYear
from schemas.codes import LACKS as NONE
from schemas.codes import Activity, Contact
from schemas.figures import CASE_UNTOLD, LACKS, UNSETTLED
from schemas.policy import Policy


@counts("guardian_met")
def guardian_met(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """监护人会率: a 监护人会 or 座谈会 in the term, by 家校联系."""
    year, contacts = c.year, c.contacts
    in_term = contacts["date"].between(pd.Timestamp(year.term_start), pd.Timestamp(year.counted_to))
    met = contacts.loc[in_term & contacts["form"].isin([Contact.GUARDIAN_MEETING, Contact.FORUM]), "child"]
    return per_child("guardian_met", people, _among(people, met), LACKS["guardian_met"], over=over)


def _among(people: pd.DataFrame, children: pd.Series[Any]) -> pd.Series[bool]:
    return pd.Series(people.index.isin(children), people.index)


def _in_month(frame: pd.DataFrame, year: SchoolYear) -> pd.DataFrame:
    return frame[frame["date"].between(pd.Timestamp(year.month.first_day), pd.Timestamp(year.month.last_day))]


@counts("took_part")
def took_part(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """活动参加率: at least one activity of the class or the school in the month."""
    present = _in_month(c.merged.attendance.who, c.year)["child"]
    return per_child("took_part", people, _among(people, present), LACKS["took_part"], over=over)


@counts("birthday")
def birthday(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """生日关爱率: a 生日会 in the month with each child born in it; one whose day this month's row does not tell is in
    N and in no n: the last valid day could be another one."""
    unknown = ~people["is_birth_told"]
    due = people[unknown | people["birth"].dt.month.eq(c.year.month.number)]
    parties = _in_month(c.merged.attendance.who, c.year)
    present = parties.loc[parties["kind"].eq(Activity.BIRTHDAY), "child"]
    met = _among(due, present) & due["is_birth_told"]
    return per_child("birthday", due, met, LACKS["birthday"], over=over)


@counts("class_met")
def class_met(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """班会率: one unit a class that handed in and has children in care; a 留守儿童会 of its own in the month."""
    meetings = _in_month(c.merged.attendance.reached, c.year)
    meetings = meetings[meetings["kind"].eq(Activity.CLASS_MEETING) & meetings["is_own"].astype(bool)]
    held = set(zip(meetings["grade"], meetings["number"], strict=True))
    certain = people[~people["is_tainted"]]  # a class that counts by a doubt alone is in N only
    held &= set(zip(certain["grade"], certain["number"], strict=True))
    in_class = people[people["number"].gt(0)]
    places = sorted(set(zip(in_class["grade"], in_class["number"], strict=True)))
    rows = [nobody(*place, int(place in held), 1, LACKS["class_met"]) for place in places]
    return units("class_met", rows, over)


@counts("growth")
def growth(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """成长记录率: an error-free row of 成长记录, from the class that counts the child."""
    filled, child = c.merged.tables["growth"], c.merged.child_of["growth"]
    own = filled.values["file"].eq(child.map(people["file"]))
    clean = child[own & ~filled.faulty.any(axis=1)]
    return per_child("growth", people, _among(people, clean), LACKS["growth"], over=over)


@counts("case_planned")
def case_planned(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """个案方案率: one unit a case of A of the term to date that is due, or planned already (contract §8.3, §8.20)."""
    merged, place = c.merged, c.places
    filled, child = merged.so_far["growth"], merged.so_far_child["growth"]
    trigger, day = filled.good("trigger"), filled.good("triggered_on")
    rows = pd.DataFrame({"file": filled.values["file"], "child": child, "reason": trigger, "day": day})
    rows["is_misspelt"] = filled.misspelt("triggered_on")
    own = rows["child"].eq(NOBODY) | rows["file"].eq(rows["child"].map(people["file"]))
    doubtful = filled.faulty["trigger"] | (rows["child"].eq(NOBODY) & trigger.ne(NONE))
    in_a = rows["child"].eq(NOBODY) | rows["child"].isin(people.index)
    lost = rows[own & in_a & doubtful]
    found: list[Any] = [
        (*place[file], who, 0, 1, UNSETTLED if who == NOBODY else CASE_UNTOLD)
        for file, who in zip(lost["file"], lost["child"], strict=True)
        if file in place
    ]
    cases = rows[own & rows["child"].isin(people.index) & ~doubtful & trigger.notna() & trigger.ne(NONE)]
    return units("case_planned", found + _cases(cases, people, _plans(merged), c.year, c.policy), over)


def _plans(merged: Merged) -> dict[tuple[int, str], list[pd.Timestamp]]:
    """Return (child, reason) → the days on which a sound plan was made."""
    filled, child = merged.so_far["plans"], merged.so_far_child["plans"]
    sound = is_whole(filled) & child.ne(NOBODY)
    made: dict[tuple[int, str], list[pd.Timestamp]] = {}
    rows = zip(child[sound], filled.values.loc[sound, "reason"], filled.values.loc[sound, "made_on"], strict=True)
    for who, reason, day in rows:
        made.setdefault((who, reason), []).append(day)
    return made


def _cases(
    cases: pd.DataFrame,
    people: pd.DataFrame,
    plans: dict[tuple[int, str], list[pd.Timestamp]],
    year: SchoolYear,
    policy: Policy,
) -> list[tuple[int, int, int, int, int, str]]:
    last, limit = pd.Timestamp(year.month.last_day), timedelta(days=policy.case_days)
    dated = set(cases.loc[cases["day"].notna(), ["child", "reason"]].itertuples(index=False, name=None))
    where = dict(zip(people.index, zip(people["grade"], people["number"], strict=True), strict=True))
    # a day that nobody can read may be another case's: in N, and in no n
    found = [(*where[who], who, 0, 1, LACKS["case_planned"]) for who in cases.loc[cases["is_misspelt"], "child"]]
    cases = cases[~cases["is_misspelt"]]
    for child, reason, day in cases[["child", "reason", "day"]].drop_duplicates().itertuples(index=False):
        if pd.isna(day) and (child, reason) in dated:
            continue
        planned = any(day <= made <= day + limit and made <= last for made in plans.get((child, reason), ()))
        if pd.isna(day) or last - day > limit or planned:
            met = planned and not people.at[child, "is_tainted"]
            found.append((*where[child], child, int(met), 1, "" if met else LACKS["case_planned"]))
    return found
