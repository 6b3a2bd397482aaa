"""What is known of one child, from all rows that tell of him: the newer source counts, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from pipeline.starting.doubts import Doubt
from pipeline.starting.notes import cells_of, of_several
from pipeline.starting.people import Person, numbers_of
from pipeline.starting.record import Record
from pipeline.starting.values import shown
from schemas import identity
from schemas import start_words as w
from schemas.cells import as_text
from schemas.codes import DASH, Parent
from schemas.starting.meanings import LEAVER, MEANINGS, MEMBERS
from schemas.starting.values import GUARDIANSHIP_OF, OF_SEVERAL

_WHO = frozenset({"id_card", "birth_date", "sex"})
_NOT_COMPARED = frozenset(
    {
        "class_name",
        "grade",
        "number",
        "entered",
        "age",
        "gone",
        "perhaps_left",
        "remarked",
        "is_ticked",
        "is_single",
        "school_name",
        "school_code",
        "head_teacher",
    }
)
_OF_PARENT = ("name", "phone", "employer", "work_address")
_OF_BOTH = ("work_address", "away_since")
_OF_GUARDIAN = ("name", "relation", "phone", "age", "job", "health", "address")


def facts_of(person: Person) -> tuple[dict[str, Any], list[Doubt]]:
    """Return what is known of a child, by meaning, and the cells that stay empty, or went by the newer source."""
    told = {id(record): {**record.facts, **_of_members(record)} for record in person.records}
    facts: dict[str, Any] = {}
    doubts: list[Doubt] = []
    keys = dict.fromkeys(key for own in told.values() for key in own)
    for key in keys:
        by_rank: dict[int, list[tuple[Any, Record]]] = {}
        for record in person.records:
            if key in told[id(record)]:
                by_rank.setdefault(record.rank, []).append((told[id(record)][key], record))
        value, doubt = newest_of(key, by_rank)
        if value is not None:
            facts[key] = value
        doubts += [doubt] if doubt else []
    undecided = set(keys) - facts.keys()
    for told_against in _against(person, facts, ("id_card", "student_no")):
        undecided.update(told_against.cells)
        doubts.append(told_against)
    doubts += _settle_who(person, facts, undecided)
    doubts += _against(person, facts, ("sex", "birth_date"))
    facts = {key: value for key, value in _followed(facts).items() if key not in undecided}
    doubts += _of_leaver(person, facts, undecided)
    for record in person.records:
        doubts += [doubt for key, doubt in record.doubts.items() if key not in facts]
    return facts, list(dict.fromkeys(doubts))


def _of_leaver(person: Person, facts: dict[str, Any], undecided: Set[str]) -> Iterator[Doubt]:
    """Give the parent who is away what a list says of whoever is: of both the place and the day, where both are."""
    told = {key: facts.pop(key) for key in list(facts) if key.startswith(LEAVER)}
    statuses = {parent: facts.get(f"{parent}_status") for parent in ("father", "mother")}
    away = [parent for parent, status in statuses.items() if status == Parent.AWAY]
    is_settled = bool(away) and (all(statuses.values()) or len(set(facts.get("away", ""))) == len(away))
    for key, value in told.items():
        what = key.removeprefix(f"{LEAVER}_")
        if is_settled and (len(away) == 1 or what in _OF_BOTH) and not OF_SEVERAL.search(str(value)):
            for parent in away:
                if f"{parent}_{what}" not in undecided:
                    facts.setdefault(f"{parent}_{what}", value)
        else:
            record = next(r for r in person.records if key in r.facts)
            yield record.doubt(MEANINGS[key].label, shown(key, as_text(value)), w.WHOSE_AWAY)


def newest_of(key: str, by_rank: Mapping[int, list[tuple[Any, Record]]]) -> tuple[Any, Doubt | None]:
    """Return the value of the newest source, None where it has two or may never be weighed; and what is told of it.

    `by_rank`: rank of a source → (value, row) of all its rows that say anything.
    """
    ranks = sorted(by_rank)
    values = list(dict.fromkeys(value for value, _ in by_rank[ranks[0]]))
    record = by_rank[ranks[0]][0][1]
    everyone = list(dict.fromkeys(value for rank in ranks for value, _ in by_rank[rank]))
    if key in _NOT_COMPARED or len(everyone) == 1:
        return values[0], None
    label = MEANINGS[key].label if key in MEANINGS else key
    seen = w.LIST.join(shown(key, as_text(value)) for value in everyone)
    if len(values) > 1 or key in _WHO:
        told = [next((r.where, v) for rank in ranks for v, r in by_rank[rank] if v == value) for value in everyone]
        note = of_several(key, told)
        return None, record.doubt(label, seen, w.TWO_CANDIDATES, cells_of(key, record.facts), note)
    return values[0], record.doubt(label, seen, w.NEWER.format(file=record.table.source.name))


def _of_members(record: Record) -> dict[str, Any]:
    """Return what the 成员 and 家长 columns of a row say of the father, the mother and the guardian."""
    found: dict[str, Any] = {}
    twice: set[str] = set()
    for owner in MEMBERS:
        own = {
            what: record.facts[f"{owner}_{what}"]
            for what in (*_OF_GUARDIAN, *_OF_PARENT)
            if f"{owner}_{what}" in record.facts
        }
        relation = own.get("relation", "")
        parent = w.PARENT_OF.get(relation, "")
        is_guardian = record.facts.get(f"{owner}_is_guardian") == w.YES or owner == MEMBERS[-1]
        if parent:
            made = {f"{parent}_{what}": own[what] for what in _OF_PARENT if what in own}
        elif relation and is_guardian and "guardian_name" not in record.facts:
            made = {f"guardian_{what}": own[what] for what in _OF_GUARDIAN if what in own}
        else:
            continue
        for key, value in made.items():
            if found.setdefault(key, value) != value:
                twice.add(key)
                note = of_several(key, [(record.where, found[key]), (record.where, value)])
                told = record.doubt(MEANINGS[key].label, shown(key, as_text(value)), w.TWO_IN_ROW, (key,), note)
                record.doubts.setdefault(key, told)
    return {key: value for key, value in found.items() if key not in record.facts and key not in twice}


def _against(person: Person, facts: dict[str, Any], keys: Sequence[str]) -> Iterator[Doubt]:
    """Take out of the facts what rows contradict that may tell of the same child; yield what is told of it.

    A number that stands with another name is in doubt as well: it may be that child's.
    """
    for other in person.against:
        for key in keys:
            value = facts.get(key)
            own = next((r for r in person.records if r.facts.get(key) == value), person.records[0])
            if value is None:
                continue
            if other.name != person.name and str(value).removeprefix("G") in numbers_of(other):
                note = of_several(key, [(own.where, value)], w.OTHERS_NAME.format(where=other.where, name=other.name))
            elif other.facts.get(key, value) != value:
                note = of_several(key, [(own.where, value), (other.where, other.facts[key])])
            else:
                continue
            del facts[key]
            label = MEANINGS[key].label
            yield other.doubt(label, shown(key, as_text(value)), person.because, (key,), note)


def _settle_who(person: Person, facts: dict[str, Any], undecided: Set[str]) -> Iterator[Doubt]:
    """Take out of the facts what contradicts itself in who the child is; yield what is told of it."""
    record = person.records[0]
    if person.has_two_numbers:
        cells = tuple(key for key in ("id_card", "student_no") if any(key in r.facts for r in person.records))
        for key in cells:
            facts.pop(key, None)
        told = {number: (r.where, number) for r in reversed(person.records) for number in numbers_of(r)}
        note = of_several(cells[0], reversed(told.values()))
        yield record.doubt(w.NUMBER, w.HIDDEN, w.NUMBERS_DIFFER, cells, note)
        return
    card, number = str(facts.get("id_card", "")), str(facts.get("student_no", ""))
    if number.startswith("G") and card and number[1:] != card:
        facts.pop("student_no")
        own = next(r for r in person.records if r.facts.get("student_no") == number)
        note = of_several("student_no", [(own.where, number)], w.G_DIFFERS)
        yield record.doubt(
            MEANINGS["student_no"].label, shown("student_no", number), w.G_DIFFERS, ("student_no",), note
        )
    elif (
        number.startswith("G")
        and not card
        and identity.is_well_formed(number[1:])
        and "id_card" not in undecided
        and not _has_doubt(person, "id_card")
    ):
        facts["id_card"] = card = number[1:]
    if not identity.is_well_formed(card):
        return
    for key, said in (("sex", identity.sex(card)), ("birth_date", identity.birth_date(card))):
        other = [r for r in person.records if r.facts.get(key, said) != said]
        if other:
            facts.pop(key, None)
            seen = other[0].facts[key]
            note = of_several(key, [(other[0].where, seen)], w.ID_SAYS_OTHER)
            yield record.doubt(MEANINGS[key].label, shown(key, as_text(seen)), w.ID_SAYS_OTHER, (key,), note)
        else:
            facts[key] = said


def _has_doubt(person: Person, key: str) -> bool:
    """Tell whether some row's cell was refused: a number that is wrong there is not taken from elsewhere unseen."""
    return any(key in record.doubts and not numbers_of(record) for record in person.records)


def _followed(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts with what follows from them, where nothing else says it."""
    out = dict(facts)
    who = "".join((facts["left_behind"][1] if "left_behind" in facts else "", facts.get("away", "")))
    for letter, parent in (("f", "father"), ("m", "mother")):
        status = f"{parent}_status"
        if letter in who:
            out.setdefault(status, Parent.AWAY)
        if out.get(f"{parent}_work_address", DASH) != DASH:
            out.setdefault(status, Parent.AWAY)
        if out.get(status) not in (Parent.DEAD, Parent.LOST):
            for what in _OF_PARENT:
                if out.get(f"{parent}_{what}") == DASH:
                    out.pop(f"{parent}_{what}")
    if "hukou" in facts:
        out.setdefault("rural", facts["hukou"])
    kind = GUARDIANSHIP_OF.get(facts.get("guardian_relation", ""))
    if kind:
        out.setdefault("guardianship", kind)
    hard = [w.ORPHAN] * (facts.get("orphan") == w.YES) + [w.LOW_INCOME] * (facts.get("low_income") == w.YES)
    if len(hard) == 1:
        out.setdefault("hardship", hard[0])
    return out
