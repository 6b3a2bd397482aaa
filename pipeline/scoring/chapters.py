"""The seven plans, line by line: whom each line asks for, who has it, and who lacks it (domain §7).

A line asks what its own plan asks, whatever plan is in force. An error is in no n, as in the figures (contract §5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, singledispatchmethod
from typing import Any

import pandas as pd

from pipeline.filled import is_whole
from pipeline.measuring.counting import Counting
from pipeline.measuring.figures.archives import archived
from pipeline.measuring.figures.duties import judge
from pipeline.measuring.ones import ones
from pipeline.measuring.tally import NO_CLASS, Tally, nobody, per_child, tallies_of, units
from pipeline.scoring.evidence import Evidence
from pipeline.scoring.points import Score
from pipeline.scoring.teachers import TeacherScore
from schemas import rules
from schemas.chapters import ITEMS, Item, words
from schemas.chapters import checks as c
from schemas.chapters.days import EARLY
from schemas.class_names import class_text
from schemas.codes import PLAN_CLOSED, YES, Contact, Pairing, Parent
from schemas.figures import NOT_YET_DONE
from schemas.policy import TALK
from schemas.verdicts import NOT_RANKED, ON_HOLIDAY

_LINE = "line"


@dataclass(frozen=True, eq=False)
class Checked:
    """One check of one item. `tally`: the units (children, classes …) with n, N and what each lacks.

    `is_count`: rows were counted, N being the least that there should be; `least`: the share that will do.
    """

    item: Item
    check: c.Check
    tally: Tally
    is_count: bool = False
    least: float = 1.0

    @property
    def n(self) -> int:
        return self.tally.sums[0]

    @property
    def total(self) -> int:
        return self.tally.sums[1]

    @property
    def is_met(self) -> bool:
        return self.n >= self.total if self.is_count or self.least == 1 else self.n >= self.least * self.total


def check_chapters(
    counting: Counting, tally: pd.DataFrame, scores: Iterable[Score], teachers: Iterable[TeacherScore]
) -> list[Checked]:
    """Return every check of every item, in their order. `tally`: what the figures of §5 counted."""
    lines = _Lines(counting, tally, tuple(scores), tuple(teachers))
    share = float(counting.policy.forum_share)
    done = {check: lines.tally(check) for item in ITEMS for check in item.checks}  # many items share a check
    return [
        Checked(
            item, check, done[check], isinstance(check, c.Held | c.Heads), share if isinstance(check, c.Forum) else 1.0
        )
        for item in ITEMS
        for check in item.checks
    ]


class _Lines:
    """Tallies of the month, a check each."""

    def __init__(
        self,
        counting: Counting,
        figures: pd.DataFrame,
        scores: tuple[Score, ...],
        teachers: tuple[TeacherScore, ...],
    ) -> None:
        self._c, self._scores, self._teachers = counting, scores, teachers
        self._figures = tallies_of(figures)
        self._evidence = Evidence(counting)
        self._ones: dict[str, dict[str, Tally]] = {}

    @singledispatchmethod
    def tally(self, check: c.Check) -> Tally:
        raise TypeError(type(check))

    @tally.register
    def _(self, check: c.Rate) -> Tally:
        return self._figures.get((check.key, check.over), units(_LINE, []))

    @tally.register
    def _(self, check: c.One) -> Tally:
        if check.audience not in self._ones:
            tallies = ones(self._c, self._evidence.audience(check.audience))
            self._ones[check.audience] = {tally.figure: tally for tally in tallies}
        return self._ones[check.audience][check.key]

    @tally.register
    def _(self, check: c.Owes) -> Tally:
        people = self._evidence.audience(check.audience)
        records = self._c.talks if check.duty.matter == TALK else self._c.contacts
        owed = judge(check.duty, records, people, self._c)
        met = owed.met & ~people["is_joining_unknown"]
        return per_child(_LINE, people[owed.owes], met[owed.owes], owed.lack[owed.owes])

    @tally.register
    def _(self, check: c.Reached) -> Tally:
        people = self._evidence.audience(check.audience)
        months = (self._c.year.month.number - check.month) % 12 if check.month else 0
        if months > (8 - check.month) % 12 or (check.period == c.MONTH and not self._c.year.is_teaching):
            people = people.iloc[:0]  # not owed yet, or not in a holiday month
        what = check.what or "/".join(check.words)
        return self._children(people, self._evidence.reached(check), what)

    @tally.register
    def _(self, check: c.Filled) -> Tally:
        people = self._c.in_a
        filled = self._c.merged.tables[check.table]
        child = self._c.merged.pupil_child if check.table == "pupils" else self._c.merged.child_of[check.table]
        whole = pd.concat([filled.good(key) for key in check.keys], axis=1).notna().all(axis=1)
        return self._children(people, set(child[whole & child.ge(0)]), check.what)

    @tally.register
    def _(self, check: c.Employers) -> Tally:
        people = self._c.in_a
        away = {who: people[f"{who}_status"].eq(Parent.AWAY) for who in ("father", "mother")}
        due = people[away["father"] | away["mother"]]
        filled, child = self._c.merged.tables["contacts"], self._c.merged.child_of["contacts"]
        done = pd.Series(True, due.index)
        for who, is_away in away.items():
            given = set(child[filled.good(f"{who}_{check.part}").notna() & child.ge(0)])
            done &= ~is_away.loc[due.index] | pd.Series(due.index.isin(given), due.index)
        return self._children(due, set(due.index[done]), check.what)

    @tally.register
    def _(self, check: c.Held) -> Tally:
        count = sum(len(self._evidence.rows(t, check.column, check.words, check.period)) for t in check.tables)
        return units(_LINE, [nobody(*NO_CLASS, count, check.least, _lack("/".join(check.words)))])

    @tally.register
    def _(self, check: c.Classes) -> Tally:
        done = self._papered(check) if check.table == "documents" else self._met_by_class(check)
        places = self._evidence.classes if check.period != c.MONTH or self._c.year.is_teaching else []
        lack = _lack("/".join(check.kinds))
        return units(_LINE, [nobody(*place, int(place in done), 1, lack) for place in places])

    def _met_by_class(self, check: c.Classes) -> set[tuple[int, int]]:
        start, end = self._evidence.days[check.period]
        return {place for kind, day, place in self._reached if kind in check.kinds and start <= day <= end}

    @cached_property
    def _reached(self) -> set[tuple[str, pd.Timestamp, tuple[int, int]]]:
        """What reached which class, and when."""
        reached = self._c.merged.attendance.reached
        columns = (reached[key].tolist() for key in ("kind", "date", "grade", "number"))
        return {(kind, day, (grade, number)) for kind, day, grade, number in zip(*columns, strict=True)}

    def _papered(self, check: c.Classes) -> set[tuple[int, int]]:
        rows = self._evidence.rows("documents", "kind", check.kinds, check.period)
        scopes = set(self._evidence.sound("documents").loc[rows, "scope"])
        return {place for place in self._evidence.classes if class_text(place) in scopes}

    @tally.register
    def _(self, check: c.Forum) -> Tally:
        rows = self._evidence.rows("meetings", "kind", (Contact.FORUM,), c.TERM)
        held = self._evidence.sound("meetings").loc[rows]
        held = held[held[["teachers", "pupils", "guardians"]].eq(YES).all(axis=1)]
        asked = max(len(self._c.in_a), 1)  # a meeting that does not say whom it asked has asked everybody
        shares = []
        for present, expected in zip(held["present"], held["expected"], strict=True):
            due = asked if pd.isna(expected) or not expected else int(expected)
            shares.append((min(int(present), due), due))
        n, total = max(shares, key=lambda share: share[0] / share[1], default=(0, 1))
        return units(_LINE, [nobody(*NO_CLASS, n, total, _lack(Contact.FORUM))])

    @tally.register
    def _(self, check: c.Parties) -> Tally:
        talks, log = self._c.talks, self._evidence.sound("contacts_log")
        start, end = self._evidence.days[c.TERM]
        own = set(talks.loc[talks["date"].between(start, end), "child"])
        log = log[log["date"].between(start, end) & log["kind"].isin(list(_BY_SCHOOL))]
        child = self._evidence.children("contacts_log").loc[log.index]
        parents = set(child[log["with_whom"].isin(list(c.PARENTS))])
        guardians = set(child[log["with_whom"].isin(list(c.GUARDIANS))])
        return self._children(self._c.in_a, own & parents & guardians, words.THREE_PARTIES)

    @tally.register
    def _(self, check: c.Helped) -> Tally:
        people = self._c.in_a
        left_behind = self._c.in_l
        names = set(zip(left_behind["file"], left_behind["name"], strict=True))
        pairs = self._c.pairs.active
        pairs = pairs[pairs["kind"].eq(Pairing.CLASSMATE)]
        own = [pair not in names for pair in zip(pairs["file"], pairs["helper"], strict=True)]
        return self._children(
            people, set(pairs.loc[pd.Series(own, pairs.index, dtype=bool), "child"]), words.NOT_LEFT_BEHIND
        )

    @tally.register
    def _(self, check: c.Reviewed) -> Tally:
        merged, people = self._c.merged, self._c.in_a
        filled, child = merged.tables["plans"], merged.child_of["plans"]
        first, last = self._evidence.days[c.MONTH]
        is_open = filled.good("progress").ne(PLAN_CLOSED).fillna(True) & filled.good("made_on").lt(first).fillna(True)
        rows = filled.values.index[is_open & child.isin(people.index)]
        sound = is_whole(filled) & filled.good("reviewed_on").between(first, last)
        places = people[["grade", "number"]]
        told = [(*places.loc[child[row]], int(child[row]), int(sound[row]), 1, _lack(words.REVIEW)) for row in rows]
        return units(_LINE, [(int(g), int(k), who, n, due, "" if n else lack) for g, k, who, n, due, lack in told])

    @tally.register
    def _(self, check: c.Clean) -> Tally:
        filled = self._c.merged.tables[check.table]
        own = filled.is_own & filled.values["file"].isin(list(self._c.places))
        sound = is_whole(filled)
        rows = zip(filled.values.loc[own, "file"], sound[own], strict=True)
        return units(_LINE, [nobody(*self._c.places[file], int(ok), 1, words.FAULTY_ROW) for file, ok in rows])

    @tally.register
    def _(self, check: c.Early) -> Tally:
        people = self._c.in_l
        done = archived(self._c, people, "L")
        pupils = self._c.merged.tables["pupils"]
        made = pupils.good("archived_on").loc[people["row_index"]].set_axis(people.index)
        start = pd.Timestamp(self._c.year.term_start)
        due = people["joined_on"].where(people["joined_on"].gt(start), start) + EARLY
        whole = set(done.child[done.n == 1].tolist())
        return self._children(people, whole & set(people.index[made.le(due)]), words.EARLY_ARCHIVE)

    @tally.register
    def _(self, check: c.Supported) -> Tally:
        people = self._evidence.audience(c.POOR)
        given = self._evidence.reached(c.Reached("services", "kind", (words.SUPPORT,), c.YEAR))
        rows = self._evidence.rows("donations", "kind", (words.SPONSORED,), c.YEAR)
        listed = self._evidence.sound("donations").loc[rows, "names"].dropna()
        names = {name for text in listed for name in str(text).split(rules.AND)}
        count = self._c.people["name"].value_counts()
        by_name = people.index[people["name"].isin(list(names)) & people["name"].map(count).eq(1)]
        return self._children(people, given | set(by_name), words.SUPPORT)

    @tally.register
    def _(self, check: c.Scored) -> Tally:
        if not self._c.year.is_teaching:
            return units(_LINE, [])
        if check.of == c.TEACHERS:
            return units(_LINE, [nobody(*NO_CLASS, 1, 1) for _ in self._teachers])
        due = [score for score in self._scores if score.verdict not in (NOT_RANKED, ON_HOLIDAY)]
        return units(_LINE, [nobody(*score.place, int(score.rank is not None), 1, _lack(words.SCORE)) for score in due])

    @tally.register
    def _(self, check: c.Heads) -> Tally:
        return units(_LINE, [nobody(*NO_CLASS, len(self._c.in_l), len(self._c.people))])

    def _children(self, people: pd.DataFrame, having: set[Any], what: str) -> Tally:
        met = pd.Series(people.index.isin(list(having)), people.index)
        return per_child(_LINE, people, met, _lack(what))


_BY_SCHOOL = (Contact.HOME_VISIT, Contact.VISIT_SCHOOL, Contact.GUARDIAN_MEETING, Contact.FORUM)


def _lack(what: str) -> str:
    return NOT_YET_DONE.format(what=what)
