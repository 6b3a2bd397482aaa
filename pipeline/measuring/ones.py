"""十个一 (篇三) and 五个一 (篇七): progress over the term to date, per child and per school (contract §8.22)."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

import pandas as pd

from pipeline.filled import is_whole
from pipeline.measuring.counting import Counting
from pipeline.measuring.pairs import MOTHERS, Pairings
from pipeline.measuring.tally import NO_CLASS, Tally, nobody, per_child, units
from pipeline.merged import Merged
from pipeline.school_year import SchoolYear
from schemas.codes import FIVE_DEEDS, HOME_FACILITIES, LECTURES, STAGE, YES, Activity, Contact, Pairing
from schemas.ones import ALL_FIVE, FIVE_ONES, NOT_YET, TEN_ONES


def ones(c: Counting, people: pd.DataFrame) -> list[Tally]:
    """Return the tallies of the ten and the five, keyed by `one_1` … `one_10` and `five_…`.

    They are over `people` (A for the figures; a plan may ask it of others as well) and over the school.
    """
    merged, contacts, pairs, year = c.merged, c.contacts, c.pairs, c.year
    start, end = pd.Timestamp(year.term_start), pd.Timestamp(year.counted_to)
    called = contacts[contacts["date"].between(start, end)]
    attended = merged.attendance.who
    attended = attended[attended["date"].between(start, end)]
    by_item: dict[int, pd.Series[Any]] = {
        2: _in(called, "form", (Contact.PHONE, Contact.VIDEO)),
        4: pairs.active.loc[pairs.active["kind"].isin(list(MOTHERS)), "child"],
        6: _in(attended, "kind", (Activity.OUTING,)),
        7: _in(attended, "kind", STAGE),
        8: _in(called, "form", (Contact.LETTER,)),
        10: _in(attended, "kind", (Activity.MEANINGFUL, Activity.VOLUNTEER)),
    }
    tallies = [_facilities(merged), _lectures(merged, start, end)]
    tallies += [_item(number, people, people.index.isin(children)) for number, children in by_item.items()]
    tallies += [
        _item(3, people, _helped_and_tested(merged, people, pairs)),
        _birthdays(people, attended, year),
    ]
    return [*tallies, *_five(people, attended)]


def _in(frame: pd.DataFrame, column: str, words: tuple[str, ...]) -> pd.Series[Any]:
    return frame.loc[frame[column].isin(list(words)), "child"]


def _item(number: int, people: pd.DataFrame, met: Any) -> Tally:
    return per_child(f"one_{number}", people, pd.Series(met, people.index), NOT_YET.format(detail=TEN_ONES[number]))


def _facilities(merged: Merged) -> Tally:
    """① 留守儿童之家: which of its eight facilities are usable."""
    filled = merged.tables["facilities"]
    usable = set(filled.values.loc[is_whole(filled) & filled.good("usable").eq(YES), "item"])
    return units("one_1", [nobody(*NO_CLASS, int(item in usable), 1, item) for item in HOME_FACILITIES])


def _lectures(merged: Merged, start: pd.Timestamp, end: pd.Timestamp) -> Tally:
    """⑤ 讲座: which of the three reached every class of 班级一览 in the term."""
    classes = merged.tables["classes"]
    expected = set(zip(classes.good("grade"), classes.good("number"), strict=True))
    reached = merged.attendance.reached
    reached = reached[reached["date"].between(start, end)]
    return units("one_5", [nobody(*NO_CLASS, int(_covers(reached, kind, expected)), 1, kind) for kind in LECTURES])


def _covers(reached: pd.DataFrame, kind: str, expected: set[tuple[Any, Any]]) -> bool:
    from schemas.codes import GRADES

    here = reached[reached["kind"].eq(kind)]
    places = {(GRADES[grade - 1], float(number)) for grade, number in zip(here["grade"], here["number"], strict=True)}
    return bool(expected) and expected <= places


def _helped_and_tested(merged: Merged, people: pd.DataFrame, pairs: Pairings) -> pd.Series[bool]:
    """③ 一帮一: an active 学习帮手, and a 成长记录 row of the term with a score."""
    helped = pairs.active.loc[pairs.active["kind"].eq(Pairing.CLASSMATE), "child"]
    filled, child = merged.so_far["growth"], merged.so_far_child["growth"]
    scored = pd.concat([filled.good(key) for key in ("chinese", "maths", "english")], axis=1).notna().any(axis=1)
    own = filled.values["file"].eq(child.map(people["file"]))
    tested = child[own & is_whole(filled) & ~filled.faulty["triggered_on"] & scored]
    return pd.Series(people.index.isin(helped) & people.index.isin(tested), people.index)


def _birthdays(people: pd.DataFrame, attended: pd.DataFrame, year: SchoolYear) -> Tally:
    """⑨ 生日: of those with a birthday in the term to date, a 生日会 in that month with them."""
    parties = attended[attended["kind"].eq(Activity.BIRTHDAY)]
    held = set(zip(parties["child"], parties["date"].dt.month, strict=True))
    told = people.loc[people["is_birth_told"], "birth"]  # the last valid day could be in no term: he stays in N
    months = {who: _birthday_month(birth.date(), year) for who, birth in told.items()}
    is_due = [months.get(who, 1) != 0 for who in people.index]  # an unknown birthday stays in N
    owed = people[pd.Series(is_due, people.index, dtype=bool)]
    met = [(who, months.get(who)) in held for who in owed.index]
    return _item(9, owed, met)


def _birthday_month(birth: date, year: SchoolYear) -> int:
    """Return the month of the birthday in the term to date, 0 where there is none (29 February: the last day)."""
    for calendar_year in range(year.term_start.year, year.counted_to.year + 1):
        last = calendar.monthrange(calendar_year, birth.month)[1]
        if year.term_start <= date(calendar_year, birth.month, min(birth.day, last)) <= year.counted_to:
            return birth.month
    return 0


def _five(people: pd.DataFrame, attended: pd.DataFrame) -> list[Tally]:
    """五个一: one activity of each kind over the term, and the share with all five."""
    done = {deed: pd.Series(people.index.isin(_in(attended, "kind", (deed,))), people.index) for deed in FIVE_DEEDS}
    everything = pd.concat(done.values(), axis=1).all(axis=1)
    named = [(key, done[deed]) for key, deed in FIVE_ONES.items() if deed in done] + [(ALL_FIVE, everything)]
    return [per_child(key, people, met, NOT_YET.format(detail=FIVE_ONES[key])) for key, met in named]
