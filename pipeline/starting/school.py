"""The school's own lists: its classes with their head teachers and counts, its staff, who should be at school."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.model import Place
from pipeline.starting.classes import place_in
from pipeline.starting.deciding import is_elsewhere, is_of_roster
from pipeline.starting.doubts import Doubt
from pipeline.starting.facts import newest_of
from pipeline.starting.notes import MOST_SEEN, notes_of, of_several
from pipeline.starting.record import Record
from pipeline.starting.values import told_by
from schemas import start_words as w
from schemas.codes import GRADES
from schemas.school_workbook import STAFF
from schemas.starting.meanings import MEANINGS, Use
from schemas.starting.values import LINE_LABEL, NOT_LEFT

Row = dict[str, Any]
COVER = ""
_COUNTS = ("pupils", "declared_lbc", "declared_potential")


@dataclass
class School:
    """What is known of the school. `classes`: place → row of 班级一览; `staff`: of 教职工; `facts`: of the cover.

    `notes`: place, a teacher's name, or COVER → column of the row → what is said of its empty cell.
    """

    classes: dict[Place, Row]
    staff: list[Row]
    facts: dict[str, str]
    doubts: list[Doubt]
    notes: dict[Place | str, dict[str, str]] = field(default_factory=dict)


def school_of(everything: Sequence[Record], places: Iterable[Place], schools: Set[str]) -> School:
    """Return the school by the rows of all sources. `places`: classes in which children stand; `schools`: its names."""
    doubts: list[Doubt] = []
    records = [record for record in everything if not is_elsewhere(record, schools)]
    told: dict[Place, dict[str, dict[Any, Record]]] = {place: {} for place in places}
    for record in sorted(records, key=lambda r: r.rank):
        for place, key, value in _of_class(record):
            told.setdefault(place, {}).setdefault(key, {}).setdefault(value, record)
    counts = _counts(records)
    classes = {}
    notes: dict[Place | str, dict[str, str]] = {}
    for place, own in sorted(told.items()):
        row: Row = {"grade": GRADES[place[0] - 1], "number": place[1]}
        for key, values in own.items():
            value, doubt = _newest(key, values)
            row |= {key: value} if value is not None else {}
            if doubt:
                doubts.append(doubt)
                notes.setdefault(place, {}).update(notes_of([doubt]))
        if place in counts:
            row.setdefault("pupils", counts[place])
        classes[place] = row
    staff = _staff([r for r in records if r.table.use == Use.STAFF], classes, doubts)
    for row in staff:
        own_notes = notes_of(doubt for doubt in doubts if doubt.whose == row["name"])
        notes[row["name"]] = {key.removeprefix("staff_"): note for key, note in own_notes.items()}
    facts, of_cover = _facts(everything)
    notes[COVER] = notes_of(of_cover)
    return School(classes, staff, facts, [*doubts, *of_cover], notes)


def _of_class(record: Record) -> list[tuple[Place, str, Any]]:
    """Return what a row says of a class: (class, column of 班级一览, value)."""
    use, facts = record.table.use, record.facts
    if use == Use.CLASSES and record.place:
        own = {key: facts.get(f"class_{key}") for key in ("head_teacher", *_COUNTS)}
        return [(record.place, key, value) for key, value in own.items() if value is not None] or [
            (record.place, "", None)
        ]
    if use == Use.STAFF:
        head_of = str(facts.get("staff_head_of", ""))
        place = place_in(head_of, record.day)
        return [(place, "head_teacher", facts["staff_name"])] if place and "staff_name" in facts else []
    if record.place is None or record.was_promoted:
        return []
    head = facts.get("head_teacher") or _labelled(record, w.HEAD_TEACHER)
    return [(record.place, "head_teacher", head)] if head and use in (Use.ROSTER, Use.LEDGER) else []


def _labelled(record: Record, label: str) -> str:
    """Return what stands behind a label in the lines above a table: 班主任：王芳."""
    heading = record.table.grid.heading
    of_class = place_in(heading, record.day)  # of the first of several tables that go on below one head
    for text in (record.banner, heading if of_class in (None, record.place) else ""):
        found = {found[2] for found in LINE_LABEL.finditer(text) if found[1].startswith(label)}
        told = {value for one in found for key, value in told_by("head_teacher", one, "", record.day).facts}
        if found:
            return str(told.pop()) if len(found) == len(told) == 1 else ""
    return ""


def _newest(key: str, values: Mapping[Any, Record]) -> tuple[Any, Doubt | None]:
    if not key:
        return None, None
    found = list(values)
    best = values[found[0]]
    same_time = [value for value in found if values[value].rank == best.rank]
    if len(found) == 1:
        return found[0], None
    label = w.CLASS_LABELS[key]
    seen = w.LIST.join(str(value) for value in found)
    if len(same_time) > 1:
        note = of_several(key, [(values[value].where, value) for value in found])
        return None, best.doubt(label, seen, w.TWO_CANDIDATES, (key,), note)
    return found[0], best.doubt(label, seen, w.NEWER.format(file=best.table.source.name))


def _counts(records: Sequence[Record]) -> dict[Place, int]:
    """Return how many children the newest roster has in each class, of those that say that they have all."""
    whole = {id(r.table) for r in records if r.table.is_whole or r.facts.get("left_behind", ("",))[0] == NOT_LEFT}
    rosters = [r for r in records if is_of_roster(r) and id(r.table) in whole and r.place and r.name and not r.of]
    found: dict[Place, dict[int, set[tuple[str, str]]]] = {}
    for r in rosters:
        assert r.place is not None
        found.setdefault(r.place, {}).setdefault(r.rank, set()).add((r.name, str(r.facts.get("id_card", r.number))))
    return {place: len(by_rank[min(by_rank)]) for place, by_rank in found.items()}


def _staff(records: Sequence[Record], classes: Mapping[Place, Row], doubts: list[Doubt]) -> list[Row]:
    """Return a row each of the staff: one of a name is one person; what two lists say of him, the newer one says."""
    told: dict[str, list[Record]] = {}
    heads = {row["head_teacher"] for row in classes.values() if "head_teacher" in row}
    for record in sorted(records, key=lambda r: r.rank):
        doubts += list(record.doubts.values())
        if name := str(record.facts.get("staff_name", "")):
            told.setdefault(name, []).append(record)
    return [_one_of_staff(own, doubts, is_head=name in heads) for name, own in told.items()]


def _one_of_staff(records: Sequence[Record], doubts: list[Doubt], *, is_head: bool) -> Row:
    """Return the row of one teacher; of what two lists of one time contradict nothing, and that is told."""
    row: Row = {}
    for key in STAFF.keys:
        by_rank: dict[int, list[tuple[Any, Record]]] = {}
        for record in records:
            if f"staff_{key}" in record.facts:
                by_rank.setdefault(record.rank, []).append((record.facts[f"staff_{key}"], record))
        value, doubt = newest_of(f"staff_{key}", by_rank) if by_rank else (None, None)
        doubts += [doubt] if doubt else []
        if value is not None:
            row[key] = value
        elif is_head and key == "post" and not by_rank:
            row[key] = w.HEAD_TEACHER
    return row


def _facts(records: Sequence[Record]) -> tuple[dict[str, str], list[Doubt]]:
    """Return the school's name and code, where all rows say the same, and what is told where they do not."""
    found, doubts = {}, []
    for key in ("school_name", "school_code"):
        values: dict[str, Record] = {}
        for record in records:
            if key in record.facts:
                values.setdefault(str(record.facts[key]), record)
        if len(values) == 1:
            found[key] = next(iter(values))
        elif values:
            note = of_several(key, [(record.where, value) for value, record in values.items()])
            first, seen = next(iter(values.values())), w.LIST.join(list(values)[:MOST_SEEN])
            told = first.doubt(MEANINGS[key].label, seen, w.TWO_CANDIDATES, (key,), note)
            doubts.append(replace(told, whose="", class_name=""))
    return found, doubts
