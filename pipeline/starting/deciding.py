"""Who gets a row: left-behind children and 潜能生, by the 台账, else by the 学籍 column, else by the admin's ticks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.model import Place
from pipeline.starting.people import Person
from pipeline.starting.record import Record
from pipeline.starting.records import HELPS
from schemas import start_words as w
from schemas.class_names import class_text
from schemas.codes import CATEGORY, Status
from schemas.codes.pupil import LEFT_BEHIND, POTENTIAL, Category
from schemas.starting.meanings import Use
from schemas.starting.values import LEFT, NOT_LEFT

TickKey = tuple[str, str, str]  # class, name, the last four of the number
_OUT = frozenset({Status.LEFT_CONFIRMED, Status.LEFT_UNSETTLED, Status.GRADUATED, Status.DEAD})
_SHOWN_OF_NUMBER = 4


@dataclass(frozen=True)
class Verdict:
    """What is to be done with one child. `category`: 学生类别 of his row, "" for none; `is_open`: the admin may tick.

    `because`: why it is open, or by what it was decided; `tick`: what the admin ticked.
    """

    category: str
    is_open: bool
    because: str
    tick: str = ""


@dataclass(frozen=True)
class Known:
    """What the sources hold: whether there is a 台账, a column 是否留守儿童, and the classes whose roster is there."""

    has_ledger: bool
    has_column: bool
    covered: frozenset[Place]
    blank_is_no: frozenset[int]  # tables in whose column of left-behind children nothing but yes stands
    ledgers: Mapping[Place, int]  # classes with a 台账 of this 学年, or of no known one → the rank of the newest
    schools: frozenset[str]  # names of the school, see `schools_of`
    year: int  # the first of the 学年
    says: frozenset[int]  # tables that have a column of left-behind children, or of kinds of children


def known_of(records: Sequence[Record], year: int, schools: frozenset[str], unclear: Set[int] = frozenset()) -> Known:
    """Return what the sources hold, from all rows of children, also those that nobody can be joined to.

    `unclear`: tables with a column about it that could not be read.
    """
    records = _of_one(records)
    ledgers: dict[Place, int] = {}
    for record in records:
        if record.table.use == Use.LEDGER and record.place and record.table.year in (0, year):
            ledgers[record.place] = min(record.rank, ledgers.get(record.place, record.rank))
    said: dict[int, set[Any]] = {}
    for record in records:
        if "left_behind" in record.facts:
            said.setdefault(id(record.table), set()).add(record.facts["left_behind"][0])
    return Known(
        any(r.table.use == Use.LEDGER for r in records),
        any(r.table.use == Use.ROSTER and id(r.table) in said for r in records),
        frozenset(r.place for r in records if is_of_roster(r) and r.place),
        frozenset(table for table, words in said.items() if NOT_LEFT not in words),
        ledgers,
        schools,
        year,
        frozenset(id(r.table) for r in records if not {"left_behind", "category"}.isdisjoint((*r.facts, *r.doubts)))
        | unclear,
    )


def schools_of(records: Sequence[Record], said: str = "") -> frozenset[str]:
    """Return the names of the school: what the admin said, else that of most rows, and what is short for it."""
    names = Counter(r.school for r in records if r.school)
    most = names.most_common(1)[0][0] if names else ""
    own = ([name for name in names if name in whole or whole in name] for whole in (said, most) if whole)
    return frozenset(next(filter(None, own), ()))


def is_elsewhere(record: Record, schools: Set[str]) -> bool:
    """Tell a row that says itself that it is of another school."""
    return record.school not in ("", *schools)


def is_of_roster(record: Record) -> bool:
    """Tell a row of a list that has all children of its class."""
    return record.table.use == Use.ROSTER and not record.table.is_part and record.table.because != w.MIXED


def _of_one(records: Sequence[Record]) -> list[Record]:
    """Return the rows that name their children: 全体 on a list of left-behind children are those whom others list."""
    return [record for record in records if record.left_out is None]


def helped_but_unlisted(person: Person, known: Known) -> Record | None:
    """Return the row by which somebody helps a child whom no list else has, though there is one of his class."""
    told = (r for r in person.records if any(key.startswith(HELPS) for key in r.facts))
    is_known = person.place not in known.covered or not all(r.table.is_part for r in person.records)
    return None if is_known else next(told, None)


def tick_key(person: Person) -> TickKey:
    """Return by what a child is found again on the list to tick."""
    record = person.records[0]
    return record.class_name, person.name, person.number[-_SHOWN_OF_NUMBER:]


def decide(person: Person, facts: Mapping[str, Any], known: Known, ticks: Mapping[TickKey, str]) -> Verdict:
    """Return what is to be done with a child."""
    found = _decided(person, facts, known)
    tick = ticks.get(tick_key(person), "") if found.is_open else ""
    if not tick:
        return found
    is_listed = tick in CATEGORY.words and person.place is not None
    return Verdict(tick if is_listed else "", is_open=True, because=found.because, tick=tick)


def _decided(person: Person, facts: Mapping[str, Any], known: Known) -> Verdict:
    if facts.get("status") in _OUT:
        return Verdict("", is_open=False, because=w.HAS_LEFT)
    own = _of_one(person.records)
    is_left, because = _is_left(own, facts, known)
    is_potential = any(r.table.use == Use.POTENTIAL for r in own) or facts.get("potential") == w.YES
    said = facts.get("category", "")
    is_left, because = (said in LEFT_BEHIND, "") if said else (is_left, because)
    is_potential = is_potential or said in POTENTIAL
    if not (is_left or is_potential):
        return Verdict("", is_open=bool(because), because=because)
    doubt = _doubt(person, facts, known)
    if doubt:
        return Verdict("", is_open=True, because=doubt)
    both = Category.BOTH if is_left and is_potential else ""
    return Verdict(both or (Category.LEFT_BEHIND if is_left else Category.POTENTIAL), is_open=False, because="")


def _doubt(person: Person, facts: Mapping[str, Any], known: Known) -> str:
    """Return why a child who seems to be meant gets no row unasked, "" for no reason."""
    if person.because:
        return person.because
    if len(person.places) > 1:
        return w.CLASS_DIFFERS.format(classes=w.LIST.join(map(class_text, person.places)))
    if other := next((r for r in person.records if is_elsewhere(r, known.schools)), None):
        return w.OTHER_SCHOOL.format(name=other.school)
    return _doubt_of_lists(person, facts, known)


def _doubt_of_lists(person: Person, facts: Mapping[str, Any], known: Known) -> str:
    own = _of_one(person.records)
    ledger = [r.table.year for r in own if r.table.use == Use.LEDGER]
    if ledger and 0 not in ledger and max(ledger) < known.year - 1:
        return w.OLD_LEDGER
    place = person.place
    if ledger and place and place in known.ledgers and all(_is_of_old(r, place, known) for r in own):
        return w.NOT_IN_NEWER
    if "gone" in facts and (facts["gone"] != w.GONE_UP or person.place is None):
        return w.GONE_UP if facts["gone"] == w.GONE_UP else w.MAY_BE_GONE.format(seen=facts["gone"])
    if person.place is None:
        return w.NO_CLASS
    if any(record.is_struck for record in person.records):
        return w.STRUCK
    is_on_roster = any(map(is_of_roster, own))
    is_of_old = all(r.was_promoted for r in own)  # last year's list alone has him
    is_missed = known.covered and (is_of_old or person.place in known.covered) and not is_on_roster
    return w.NOT_ON_ROSTER if is_missed else ""


def _is_of_old(record: Record, place: Place, known: Known) -> bool:
    """Tell a row of no 台账, or of one before the class's newest: by its own year, else by when it was saved."""
    if record.table.use != Use.LEDGER:
        return True
    if record.table.year:
        return record.table.year < known.year
    return record.rank > known.ledgers[place] and record.table.source.saved_at[:10] < date(known.year, 9, 1).isoformat()


def _is_left(records: Sequence[Record], facts: Mapping[str, Any], known: Known) -> tuple[bool, str]:
    """Return whether a child is left-behind, and why that is open ("" where it is not)."""
    ledger = [r for r in records if r.table.use == Use.LEDGER]
    if ledger:
        newest = [r.facts["left_behind"][0] for r in ledger if "left_behind" in r.facts]
        if newest:
            return newest[0] == LEFT, ""
        is_unclear = all(id(r.table) in known.says and "is_ticked" not in r.facts for r in ledger)
        return not is_unclear, w.NOT_CLEAR if is_unclear else ""
    said = [r.facts["left_behind"][0] for r in records if "left_behind" in r.facts and r.table.use == Use.ROSTER]
    said = said or [LEFT for r in records if "remarked" in r.facts]
    if known.has_ledger:
        is_mixed = any(r.table.because == w.MIXED for r in records)
        return False, w.NOT_IN_LEDGER if said and said[0] == LEFT else w.MAY_BE_MEANT if is_mixed else ""
    if said:
        return said[0] == LEFT, ""
    if any(not {"left_behind", "category"}.isdisjoint(r.doubts) or "perhaps_left" in r.facts for r in records):
        return False, w.NOT_CLEAR
    if any(id(r.table) in known.blank_is_no for r in records):
        return False, ""
    if all(r.table.use == Use.POTENTIAL for r in records) or facts.get("category"):
        return False, ""
    return False, w.NOT_SAID if known.has_column else w.NO_LEDGER
