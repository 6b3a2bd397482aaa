"""谈心达标率, 亲情联络率, 家访率: duties by role, kind, period and audience (contract §4, §5, §8.1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from pipeline.measuring.counting import Counting, counts
from pipeline.measuring.pairs import MOTHERS, Pairings, by_own, is_mothered, mothered
from pipeline.measuring.population import is_boarder, is_day_pupil
from pipeline.measuring.tally import Tally, per_child
from pipeline.school_year import SchoolYear
from schemas import policy as p
from schemas.codes import YES, Category, Role
from schemas.figures import AND_SO, DUTY_LACK, OR, PERIOD_WORDS, TAINTED, WEEKS_LACK
from schemas.policy import Duty

_GRACE = timedelta(days=30)  # 学期 and 学年 duties are owed from 30 days after 入班日期


@dataclass(frozen=True)
class Owed:
    """One duty over children: who owes it now, who has met it, and in words what each lacks."""

    owes: pd.Series[bool]
    met: pd.Series[bool]
    lack: pd.Series[Any]


@counts("talked")
def talked(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """谈心达标率: every 谈心 duty that is on is met."""
    return _duties_met("talked", p.TALK, c.talks, c, people, over)


@counts("called")
def called(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """亲情联络率: every 亲情联络 duty that is on is met."""
    return _duties_met("called", p.CALL, c.contacts, c, people, over)


@counts("visited")
def visited(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """家访率: every 家访 duty that is on is met."""
    return _duties_met("visited", p.VISIT, c.contacts, c, people, over)


def _duties_met(figure: str, matter: str, done: pd.DataFrame, c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """Return the tally of a duty figure: N those who owe an enabled duty now, n those who met all they owe."""
    judged = [judge(duty, done, people, c) for duty in c.policy.duties_of(matter)]
    owes, is_short = pd.Series(False, people.index), pd.Series(False, people.index)
    lacks: list[list[str]] = [[] for _ in people.index]
    for own in judged:
        short = own.owes & ~own.met
        owes, is_short = owes | own.owes, is_short | short
        for lack, lacking, words in zip(lacks, short, own.lack, strict=True):
            lack += [words] if lacking else []
    unknown = people["is_joining_unknown"]
    met = ~is_short & ~unknown
    told = [
        AND_SO.join(lack) or (TAINTED if is_unknown else "") for lack, is_unknown in zip(lacks, unknown, strict=True)
    ]
    words = pd.Series(told, people.index, dtype="str")
    return per_child(figure, people[owes], met[owes], words[owes], over=over)


def _of_duty(done: pd.DataFrame, duty: Duty) -> pd.DataFrame:
    for column, words in (("role", duty.roles), ("form", duty.forms)):
        if words:
            done = done[done[column].isin(list(words))]
    return done


def judge(duty: Duty, records: pd.DataFrame, people: pd.DataFrame, c: Counting) -> Owed:
    """Judge one duty over children, on in the plan or not. `records`: talks or contacts of the 学年 to date."""
    asked = _audience(duty.audience, people, c.pairs)
    done = _by_own(duty, _of_duty(records, duty), people, c)
    if duty.period == p.WEEK:
        return _judge_weeks(duty, done, people, asked, c)
    start, end, joined_by, is_on = _period(duty.period, c.year)
    in_time = people["joined_on"].isna() | people["joined_on"].le(pd.Timestamp(joined_by))
    count = _times(done, people, start, end)
    told = {"period": PERIOD_WORDS[duty.period], "who": OR.join(duty.roles), "matter": duty.matter, "times": duty.times}
    lack = {times: DUTY_LACK.format(done=times, **told) for times in set(count)}
    words = pd.Series([lack[times] for times in count], people.index, dtype="str")
    return Owed(asked & in_time & is_on, count.ge(duty.times), words)


def _times(done: pd.DataFrame, people: pd.DataFrame, first: date, last: date) -> pd.Series[int]:
    """Return how often each child stands in the rows of a period."""
    days = done["date"].to_numpy()
    inside = (days >= np.datetime64(first)) & (days <= np.datetime64(last))
    counted = Counter(done["child"].to_numpy()[inside].tolist())
    return pd.Series([counted[child] for child in people.index], people.index, dtype="int64")


def _by_own(duty: Duty, done: pd.DataFrame, people: pd.DataFrame, c: Counting) -> pd.DataFrame:
    """Return what was done by the child's own 爱心妈妈, or own 责任教师 where one is named, if that is who owes it.

    A teacher's name in error is nobody's: an error never raises a rate.
    """
    if duty.audience == p.MOTHERED:  # owed on a doubt alone, it can't be met
        done = done[done["child"].isin(people.index[is_mothered(people, c.pairs)])]
    if duty.roles and set(duty.roles) <= set(MOTHERS):
        return by_own(done, c.pairs, duty.roles)
    if duty.roles == (Role.SUBJECT_TEACHER,):
        pupils = c.merged.tables["pupils"]
        rows = people["row_index"].to_numpy()
        own = pd.Series(pupils.good("study_teacher").loc[rows].to_numpy(), people.index, dtype="str")
        faulty = people.index[pupils.faulty["study_teacher"].loc[rows].to_numpy()]
        teacher = done["child"].map(own)
        return done[~done["child"].isin(faulty) & (teacher.isna() | teacher.eq(done["by"]))]
    return done


def _period(period: str, year: SchoolYear) -> tuple[date, date, date, bool]:
    """Return a period's first and last counted day, the last 入班日期 that owes it, and whether it is on this month."""
    last = year.month.last_day
    if period == p.TERM:
        return year.term_start, year.counted_to, last - _GRACE, year.is_term_owed
    if period == p.YEAR:
        return year.year_start, last, last - _GRACE, True
    is_on = year.is_holiday if period == p.HOLIDAY else year.is_teaching
    return year.month.first_day, last, year.month.first_day, is_on


def _judge_weeks(duty: Duty, done: pd.DataFrame, people: pd.DataFrame, asked: pd.Series[bool], c: Counting) -> Owed:
    """Judge every whole week from the first full one after 入班日期: each needs `times`.

    One that began in a month of which the class has no snapshot is not owed (contract §5).
    """
    had_last = _of_last_month(people, c)
    weeks, short = pd.Series(0, people.index), pd.Series(0, people.index)
    for monday in c.year.weeks:
        first = pd.Timestamp(monday)
        owed = people["joined_on"].isna() | people["joined_on"].le(first)
        if monday < c.year.month.first_day:
            owed &= had_last
        count = _times(done, people, monday, monday + timedelta(days=6))
        weeks += owed.astype(int)
        short += (owed & count.lt(duty.times)).astype(int)
    lack = [
        WEEKS_LACK.format(who=OR.join(duty.roles), matter=duty.matter, short=s, times=duty.times, weeks=w)
        for s, w in zip(short, weeks, strict=True)
    ]
    return Owed(asked & weeks.gt(0), short.eq(0), pd.Series(lack, people.index, dtype="str"))


def _of_last_month(people: pd.DataFrame, c: Counting) -> pd.Series[bool]:
    """Tell whose class handed in in the month before."""
    last = next((s for s in c.merged.carried.snapshots if s.month == c.year.month.before), None)
    known = set(last.classes.values()) if last else set()
    places = zip(people["grade"], people["number"], strict=True)
    return pd.Series([place in known for place in places], people.index, dtype=bool)


def _audience(audience: str, people: pd.DataFrame, pairs: Pairings) -> pd.Series[bool]:
    if audience == p.FOCUS:
        return people["focus"].eq(YES)
    if audience == p.BOARDERS:
        return is_boarder(people)
    if audience == p.DAY_PUPILS:
        return is_day_pupil(people)
    if audience == p.POTENTIAL:
        return people["category"].isin([Category.POTENTIAL, Category.BOTH])
    if audience == p.MOTHERED:
        return mothered(people, pairs)
    return pd.Series(True, people.index)
