"""Join what several sources say of one child: by identity or student number, then by name, class and birthday.

Two sources that contradict each other in who a child is are never joined: the child waits on the list to tick.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.model import Place
from pipeline.starting.doubts import Doubt
from pipeline.starting.placing import born_on
from pipeline.starting.record import Record
from schemas import identity
from schemas import start_words as w
from schemas.codes import ALL_PUPILS
from schemas.starting.meanings import Use

_AGE_SLACK = 2


@dataclass
class Person:
    """One child: the rows that tell of him, the newest source first. `because`: why it is in doubt who he is.

    `against`: rows that may tell of him and contradict him in it, so that they are not among his own.
    """

    records: list[Record]
    because: str = ""
    against: list[Record] = field(default_factory=list)
    has_two_numbers: bool = False

    @property
    def name(self) -> str:
        return self.records[0].name

    @property
    def place(self) -> Place | None:
        """His class: of the newest source that knows it by now; a list of last year's, gone up, comes after these."""
        known = [r for r in self.records if r.place]
        known.sort(key=lambda r: (r.was_promoted, r.rank))
        return known[0].place if known else None

    @property
    def places(self) -> list[Place]:
        """The classes that the newest source of this year names; several contradict each other."""
        known = [r for r in self.records if r.place and not r.was_promoted]
        return list(dict.fromkeys(r.place for r in known if r.place and r.rank == known[0].rank))

    @property
    def number(self) -> str:
        return next((n for r in self.records for n in numbers_of(r)), "")

    @property
    def born(self) -> date | None:
        return next((born for r in self.records if (born := born_on(r.facts))), None)

    @property
    def sex(self) -> str:
        return next((str(r.facts["sex"]) for r in self.records if "sex" in r.facts), "")


@dataclass
class Joined:
    """The children of all sources, and what could not be joined."""

    people: list[Person] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    by_number: dict[str, Person] = field(default_factory=dict)
    by_name: dict[str, list[Person]] = field(default_factory=dict)
    by_row: dict[int, Person] = field(default_factory=dict)


def join(records: Iterable[Record]) -> Joined:
    """Return the children: those with a number first, so that the others are found among them."""
    joined = Joined()
    named = []
    more = []
    of_all = []
    for record in records:
        if record.left_out is not None:
            of_all.append(record)
        elif record.of:
            more.append(record)
        elif record.name:
            named.append(record)
        else:
            told = record.doubts.get("name") or record.doubt(w.NAME, "", w.NO_CHILD_NAME)
            joined.doubts.append(told)
    twins = Counter((id(r.table), r.name, r.place) for r in named if not numbers_of(r) and not born_on(r.facts))
    for record in sorted(
        named, key=lambda r: (not numbers_of(r), born_on(r.facts) is None, r.table.use != Use.ROSTER, r.rank)
    ):
        if (
            twins[(id(record.table), record.name, record.place)] > 1
            and not numbers_of(record)
            and not born_on(record.facts)
        ):
            joined.doubts.append(record.doubt(w.NAME, record.name, w.TWO_OF_A_NAME))
        else:
            _add(joined, record)
    for record in more:  # the row that it goes on with says who it is
        if record.of and (person := joined.by_row.get(id(record.of))):
            person.records.append(record)
    for person in joined.people:
        person.records.sort(key=lambda r: r.rank)
    for record in of_all:
        _spread(joined, record)
    return joined


def _spread(joined: Joined, record: Record) -> None:
    """Put a row of 全体 behind those of each child of its class; of nobody where that is unsure, or struck out."""
    own = [person for person in joined.people if record.place and person.place == record.place]
    strangers = set(record.left_out or ()) - {person.name for person in own}
    if not own or strangers or record.is_struck:
        why = w.NOT_OF_CLASS.format(name=w.LIST.join(sorted(strangers))) if own else w.NO_CLASS
        why = w.STRUCK_OUT if record.is_struck else why
        joined.doubts.append(record.doubt(w.NAME, ALL_PUPILS, why))
        return
    for person in own:
        if person.name not in (record.left_out or ()):
            person.records.append(record)


def numbers_of(record: Record) -> list[str]:
    """Return the numbers by which a row's child is known: his identity number, also out of a G number, and J, L."""
    told = (str(record.facts.get("id_card", "")), str(record.facts.get("student_no", "")).removeprefix("G"))
    return [number for number in dict.fromkeys(told) if number]


def _add(joined: Joined, record: Record) -> None:
    own = numbers_of(record)
    found = list({id(p): p for n in own if (p := joined.by_number.get(n))}.values())
    if len(found) > 1:
        _contradicted(joined, record, found, w.NUMBERS_OF_TWO)
    elif found:
        if found[0].name != record.name:
            _contradicted(joined, record, found, w.NAME_DIFFERS)
        else:
            _put(joined, found[0], record)
    else:
        _by_name(joined, record)


def _by_name(joined: Joined, record: Record) -> None:
    alike = joined.by_name.get(record.name, [])
    born = born_on(record.facts)
    same_day = [p for p in alike if born and p.born == born]
    here = [p for p in same_day if p.place == record.place]
    if len(same_day) == 1 or len(here) == 1:
        person = (here or same_day)[0]
        person.has_two_numbers |= bool(numbers_of(record)) and bool(person.number) and not _may_be_one(person, record)
        _put(joined, person, record)
        return
    of_class = [p for p in alike if record.place and p.place == record.place]
    unknown = [p for p in of_class if born is None or p.born is None]
    is_numbered = bool(numbers_of(record))
    if same_day or (len(unknown) > 1 and not is_numbered):
        joined.doubts.append(record.doubt(w.NAME, record.name, w.TWO_OF_A_NAME))
    elif len(unknown) == 1 and not (is_numbered and unknown[0].number):
        if _contradicts(unknown[0], record):
            _contradicted(joined, record, unknown, w.SEX_OR_AGE_DIFFERS)
        else:
            _put(joined, unknown[0], record)
    elif of_class and not is_numbered:
        _contradicted(joined, record, of_class, w.BIRTHDAY_DIFFERS)
    else:
        _put(joined, None, record)


def _may_be_one(person: Person, record: Record) -> bool:
    """Tell whether the numbers of a row and of a child can both be his: an identity number and a J or L number."""
    ours = {n for r in person.records for n in numbers_of(r)}
    kinds = {identity.is_well_formed(n) for n in ours}, {identity.is_well_formed(n) for n in numbers_of(record)}
    return not (kinds[0] & kinds[1])


def _contradicts(person: Person, record: Record) -> bool:
    """Tell whether the sex or the age of a row is not that of the child."""
    sex = identity.sex(person.number) if identity.is_well_formed(person.number) else person.sex
    if sex and record.facts.get("sex", sex) != sex:
        return True
    age = record.facts.get("age")
    if age is None or person.born is None:
        return False
    when = date.fromisoformat(record.table.source.saved_at[:10])
    return bool(abs((when - person.born).days / 365.25 - age) > _AGE_SLACK)


def _contradicted(joined: Joined, record: Record, people: Sequence[Person], because: str) -> None:
    joined.doubts.append(record.doubt(w.NAME, record.name, because))
    for person in people:
        person.because = person.because or because
        person.against.append(record)


def _put(joined: Joined, person: Person | None, record: Record) -> None:
    if person is None:
        person = Person([])
        joined.people.append(person)
        joined.by_name.setdefault(record.name, []).append(person)
    person.records.append(record)
    joined.by_row[id(record)] = person
    for number in numbers_of(record):
        joined.by_number.setdefault(number, person)
