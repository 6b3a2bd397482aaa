"""A child missing from his class's workbook: what was last known of him, and as what he goes on (contract §8.4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property

import pandas as pd

from pipeline.children.aliases import Aliases
from pipeline.filled import Filled, Tables
from pipeline.model import Month, Place
from pipeline.months.departures import Departure, Traveller, departures
from pipeline.months.lineage import Lineage, Person
from pipeline.months.snapshots import Snapshot, names_in
from schemas import rules
from schemas.class_names import class_text
from schemas.codes import GRADES, YES, Movement, Status
from schemas.tables import ARCHIVE

GONE_SILENTLY = (Status.GRADUATED, Status.DEAD, Status.LEFT_CONFIRMED)
_ALIKE = 0.5

Part = tuple[pd.DataFrame, pd.DataFrame]  # values and faults of some rows of a table


@dataclass(frozen=True, eq=False)
class Absent:
    """A child missing from his class's workbook.

    `snapshot`, `child`: the latest month that knows him, and his number there. `file`: his class's workbook of this
    month (-1: none). `is_vouched`: it says that the roster is last month's, with him. `departure`: what 学籍异动 says;
    `guess`: who of his class looks like him, in words; `twin`: the row of one of his name and birth date. `school`:
    another school of the county whose roster has him. `homes`: the classes that have counted him since a workbook held
    him, as they were called in the 学年 before, then as now, the oldest last; none: the one that counted him.
    `first_seen`: the earliest month that knows him.
    """

    person: Person
    snapshot: Snapshot
    child: int
    file: int = -1
    is_vouched: bool = False
    departure: Departure = field(default_factory=Departure)
    guess: str = ""
    twin: int = -1
    school: str = ""
    homes: tuple[Place, ...] = ()
    first_seen: str = ""

    @classmethod
    def of(cls, person: Person, snapshots: Sequence[Snapshot]) -> Absent:
        """Return one who stands in earlier months alone. `snapshots`: the newest first."""
        at, child = person.found[0]
        one = cls(person, snapshots[at], child)
        first = dict(reversed(person.found))  # a month may have had him twice
        since = [at for at in sorted(first) if str(snapshots[at].month) >= one.last_seen]
        homes = [snapshots[at].place_of(first[at]) for at in since]
        then = [(g - 1, n) for at, (g, n) in zip(since, homes, strict=True) if snapshots[at].leaving is not None]
        one = replace(one, first_seen=str(snapshots[max(first)].month))
        return replace(one, homes=tuple(reversed(dict.fromkeys([*reversed(homes), *reversed(then)]))))

    def of_grade(self, due: Collection[Place]) -> Absent:
        """Return him with the classes of his grade where his own is no more: a row may name the one that took it in."""
        if self.place in due:
            return self
        grade = sorted(place for place in due if place[0] == self.place[0])
        return replace(self, homes=(*grade, *(self.homes or (self.place,))))

    @cached_property
    def row(self) -> int:
        """His row of 学生档案 in that month."""
        return int(self.snapshot.children.at[self.child, "row_index"])

    @cached_property
    def place(self) -> Place:
        """The class that counted him."""
        return self.snapshot.place_of(self.child)

    @cached_property
    def last_seen(self) -> str:
        """The month whose workbook still held him."""
        return str(self.snapshot.children.at[self.child, "last_seen"])

    @property
    def was_kept(self) -> bool:
        """Tell whether he was missing then already."""
        return self.last_seen != str(self.snapshot.month)

    @property
    def was_settled(self) -> bool:
        return self.was_kept and bool(self.snapshot.children.at[self.child, "is_settled"])

    @cached_property
    def name(self) -> str:
        name = self.snapshot.filled("pupils").values.at[self.row, "name"]
        return "" if pd.isna(name) else str(name)

    @cached_property
    def status(self) -> str | None:
        """His 学籍状态 as last known; None where it was in error or empty."""
        status = self.snapshot.filled("pupils").good("status").at[self.row]
        return None if pd.isna(status) else str(status)

    @property
    def needs_no_word(self) -> bool:
        """Tell whether nobody would have to be asked if 学籍异动 said nothing of him."""
        return self.was_settled or self.status in GONE_SILENTLY

    @property
    def is_settled(self) -> bool:
        """Tell whether nobody has to be asked any more: explained now or before, or gone as he was said to be."""
        if self.departure.is_doubtful or self.departure.entered:
            return False
        return bool(self.departure.status) or self.is_vouched or self.needs_no_word

    @property
    def is_gone_for_good(self) -> bool:
        """Tell whether no class has to count him any more."""
        if self.departure.is_doubtful or self.departure.entered:
            return False
        return (self.departure.status or self.status) in GONE_SILENTLY

    @property
    def student_nos(self) -> frozenset[str]:
        """The numbers by which a record may name him."""
        number = self.person.number
        return frozenset({*self.person.student_nos, f"G{number}" if number else ""} - {""})

    @property
    def class_then(self) -> str:
        """The class that counted him, as it was called when its workbook still held him."""
        grade, number = self.homes[-1] if self.homes else self.place
        counted, held = self.snapshot.month.september, Month.parse(self.last_seen).september
        return class_text((grade - (self.snapshot.leaving is not None) - (counted.year - held.year), number))

    @property
    def has_left_with_the_year(self) -> bool:
        """Tell whether the 学年 before has ended for good for him: he left the school with his grade, or before."""
        leaving = self.snapshot.leaving
        return leaving is not None and (self.place[0] in leaving or self.status in GONE_SILENTLY)

    def found_at(self, school: str) -> Absent:
        """Return him as one whom another school has ("": none): that confirms a 转出 which this school registered."""
        said = self.departure
        if school and said.status == Status.LEFT_UNSETTLED and not said.is_doubtful:
            said = replace(said, status=Status.LEFT_CONFIRMED)
        return replace(self, school=school, departure=said)

    def traveller(self, since: str = "") -> Traveller:
        """Return him as 学籍异动 may speak of him. `since`: another month than the one that held him last."""
        homes = (self.place, *(home for home in self.homes if home[0] <= len(GRADES)))
        classes = [one for one in dict.fromkeys(map(class_text, homes)) if one != self.class_then]
        last_seen, known_until = since or self.last_seen, str(self.snapshot.month)
        return Traveller(self.name, self.person.number, (*classes, self.class_then), last_seen, known_until)

    def pupil(self) -> Part:
        """Return his row of 学生档案 as last known, with the status that contract §8.4 gives it."""
        pupils = self.snapshot.filled("pupils")
        values, faulty = pupils.values.loc[[self.row]].assign(file=self.file), pupils.faulty.loc[[self.row]]
        if self.guess:  # a wrong number would else give the class a second, complete archive
            faulty = faulty.assign(**dict.fromkeys(pupils.table.needing(ARCHIVE), True))
        clean = faulty.assign(status=False, status_on=False)
        is_out = self.status == Status.DROPOUT and self.departure.is_leaving  # nobody's row makes a 辍学 undone
        if self.departure.is_doubtful and not is_out:  # he stays in every N over A, and in no n
            return values.assign(status=pd.NA, status_on=pd.NaT), faulty.assign(status=True)
        if self.departure.status:
            return values.assign(status=self.departure.status, status_on=self.departure.day), clean
        if self.is_settled or self.status == Status.DROPOUT:
            return values, faulty
        return values.assign(status=Status.LEFT_UNSETTLED, status_on=pd.NaT), clean

    def records(self, key: str) -> Part:
        """Return his rows of a table: pairings of the class that counted him, cards of any, its own first (§8.5).

        None where a row looks like him: his records are that row's.
        """
        filled, frame = self.snapshot.filled(key), self.snapshot.frames[key]
        own = frame[frame["child"].eq(self.child) & (not self.guess)]
        here = own["file"].eq(self.snapshot.children.at[self.child, "file"])
        rows = [*own.index[here], *([] if key == "pairings" else own.index[~here])]
        return filled.values.loc[rows].assign(file=self.file), filled.faulty.loc[rows]

    def looking_like(self, pupils: pd.DataFrame, class_of: Mapping[int, str]) -> Absent:
        """Return him with who looks like him of his class, and was not there with him: another number, another child.

        In another class that is a child of his name and birth date alone: over the summer classes are made anew.
        `pupils`: this month's rows, `since` the month that first knew each; `class_of`: file → class.
        """
        new = pupils[pupils["since"].gt(self.last_seen) & pupils["file"].isin(class_of)]
        is_own = new["file"].eq(self.file)
        last = self.snapshot.filled("pupils").values.loc[self.row]
        is_twin = new["name"].eq(self.name) & new["birth_date"].eq(last["birth_date"])  # whose is empty is nobody's
        cells = new[["file", "row", "name", "birth_date", "student_no"]]
        for index, file, row, name, birth, number in pd.concat([cells[is_own], cells[~is_own & is_twin]]).itertuples():
            has_same_birth = pd.notna(birth) and birth == last["birth_date"]
            is_alike = pd.notna(name) and SequenceMatcher(None, str(name), self.name).ratio() > _ALIKE
            has_same_number = pd.notna(number) and number == last["student_no"]
            if is_twin[index] or has_same_number or (is_alike and (has_same_birth or name == self.name)):
                where = "" if file == self.file else class_of[file]
                guess = rules.PERHAPS_ROW.format(where=where, row=row, name=name)
                return replace(self, guess=guess, twin=index if is_twin[index] else -1)
        return self


class Registered:
    """What 学籍异动 of this month and the earlier ones says of missing children. `class_of`: file → its class."""

    def __init__(
        self,
        tables: Tables,
        lineage: Lineage,
        snapshots: Sequence[Snapshot],
        class_of: Mapping[int, str],
        aliases: Aliases,
    ) -> None:
        self._aliases = aliases
        self._movements: Filled = tables["movements"]
        self._earlier = [(str(s.month), s.filled("movements")) for s in reversed(snapshots) if s.leaving is None]
        self._last_year = [(str(s.month), s.filled("movements")) for s in reversed(snapshots) if s.leaving is not None]
        self._known_once = names_in(snapshots)
        pupils = tables["pupils"].values
        here = pupils.loc[[person.row for person in lineage.people if person.row >= 0], ["name", "file"]].dropna()
        self._present = [(str(name), class_of.get(int(file), "")) for name, file in here.itertuples(index=False)]

    def explained(self, absent: Sequence[Absent]) -> list[Absent]:
        """Return each with what is said of him; a row that only may be his unsettles nobody who was settled before."""
        said = [
            self._confirmed(one) or own
            for one, own in zip(absent, self._said([o.traveller() for o in absent]), strict=True)
        ]
        return [
            replace(one, departure=Departure() if own.is_doubtful and not own.is_named and one.needs_no_word else own)
            for one, own in zip(absent, said, strict=True)
        ]

    def _confirmed(self, one: Absent) -> Departure | None:
        """Return the 转出, on whatever day of the 学年, that another school has confirmed since it was 转出未落实.

        It settles a row that still shows the child (contract §8.4), be it one that a tick stands for; who is missing
        has to be explained since he was last seen.
        """
        if not one.is_vouched or one.status != Status.LEFT_UNSETTLED or one.snapshot.leaving is not None:
            return None
        (said,) = self._said([one.traveller(str(one.snapshot.month.september.before))], is_new=True)
        return said if said.status == Status.LEFT_CONFIRMED and not self._was_said_before(one, said) else None

    def _was_said_before(self, one: Absent, said: Departure) -> bool:
        """Tell whether an earlier month's register has that confirmed row: he was there, or missing, all the same."""
        for _, movements in self._earlier:
            is_out = movements.good("kind").eq(Movement.OUT) & movements.good("confirmed").eq(YES)
            rows = movements.values[is_out.fillna(False).astype(bool) & movements.values["date"].eq(said.day)]
            if (rows["pupil"].eq(one.name) | (rows["id_card"].eq(one.person.number) & bool(one.person.number))).any():
                return True
        return False

    def _said(self, travellers: Sequence[Traveller], *, is_new: bool = False) -> list[Departure]:
        """Return what is said of each. `is_new`: by this month alone."""
        return departures(
            self._movements,
            travellers,
            self._present,
            [] if is_new else self._earlier,
            self._aliases,
            last_year=[] if is_new else self._last_year,
            known_once=self._known_once,
        )
