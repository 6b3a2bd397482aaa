"""The workbooks that are issued: every class's, filled as far as it goes, and the school's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from pipeline.excel.live import SoFar, plan_facts
from pipeline.model import Month, Place
from pipeline.reading.jobs import fill_form
from pipeline.reading.pool import Work, give
from pipeline.returning.held_ready import held_ready, marks_of_held
from pipeline.school_year import school_year
from pipeline.starting.doubts import Doubt
from pipeline.starting.notes import NO_NOTES, Notes, marks_of, notes_of, of_cell
from pipeline.starting.people import Person
from pipeline.starting.school import COVER, Row, School
from pipeline.starting.usual import archive_numbers, usual_of, usual_of_staff, with_helper
from schemas import next_month_words as next_words
from schemas import start_words as w
from schemas.class_names import class_text
from schemas.class_workbook import CLASS_WORKBOOK, CONTACTS, PUPILS
from schemas.codes import GRADES, Pairing
from schemas.codes.pupil import LEFT_BEHIND, POTENTIAL
from schemas.codes.school import Destination
from schemas.policy import make_policy
from schemas.school_workbook import SCHOOL_AGE, SCHOOL_WORKBOOK
from schemas.starting.meanings import MEANINGS, PAIRING_KINDS

_OF_CARD = tuple(key for key in CONTACTS.keys if key not in ("pupil", "student_no"))
EXPECTED = (Pairing.TEACHER, Pairing.CLASSMATE)  # held ready for every child that no source pairs
_NAMES_STAFF = ("helper_teacher", "study_teacher")


@dataclass(frozen=True)
class Listed:
    """A child who gets a row: his class, 学生类别, what is known of him, and what is said of cells that stay empty."""

    person: Person
    place: Place
    category: str
    facts: Mapping[str, Any]
    notes: Notes


@dataclass(frozen=True)
class Village:
    """The rows of 应入学名册 that the village's own list gives, and what is said of the empty cells of each."""

    rows: Sequence[Row]
    notes: Sequence[Notes]


def without_strangers(listed: Sequence[Listed], school: School) -> tuple[list[Listed], list[Doubt]]:
    """Return the children, teachers who are not of the staff taken out, and what is told of it.

    Where no list of the staff is there, nobody can be held against it.
    """
    staff = {row["name"] for row in school.staff}
    if not staff:
        return list(listed), []
    out, doubts = [], []
    for child in listed:
        strange = [key for key in _NAMES_STAFF if child.facts.get(key, "") not in ("", *staff)]
        record = child.person.records[0]
        told = []
        for key in strange:
            name = str(child.facts[key])
            own = next((r for r in child.person.records if r.facts.get(key) == name), record)
            note = of_cell(own.where, key, name, w.NOT_OF_STAFF)
            told.append(own.doubt(MEANINGS[key].label, name, w.NOT_OF_STAFF, (key,), note))
        doubts += told
        facts = {key: value for key, value in child.facts.items() if key not in strange}
        out.append(replace(child, facts=facts, notes={**child.notes, **notes_of(told)}))
    return out, doubts


def issued(
    school: School,
    listed: Sequence[Listed],
    usual: Mapping[str, Any],
    village: Village,
    month: Month,
    unsettled: Set[Place | None] = frozenset(),
) -> Iterator[tuple[str, Work, int]]:
    """Yield file name, workbook and how many cells of children are filled, of every class and of the school."""
    policy = make_policy(month=str(month))
    year = school_year(month, policy)
    so_far = SoFar(plan_facts(policy, year.term_start, is_teaching=year.is_teaching))
    staff = [str(row["name"]) for row in school.staff if row.get("name")]
    for place, row in sorted(school.classes.items()):
        head = str(row.get("head_teacher", ""))
        own = _of_class(listed, place, usual, head if not staff or head in staff else "")
        rows: dict[str, Any] = class_rows(own, usual)
        cover = {
            **_cover(school, month),
            "grade": GRADES[place[0] - 1],
            "number": str(place[1]),
            "head_teacher": head,
        }
        name = class_text(place)
        file = next_words.FILE_NAME.format(class_name=name, month=month)
        waiting = [one for one in rows["pairings"] if "helper" not in one]
        count = sum(len(one) for table in rows.values() for one in table if one not in waiting)
        rows |= held_ready(rows["pupils"], cover["head_teacher"], month, policy)
        meta = {"school_code": str(cover["school_code"]), "class": name, "month": str(month), **marks_of_held(rows)}
        of_cover = {**school.notes.get(COVER, NO_NOTES), **school.notes.get(place, NO_NOTES)}
        marks = marks_of(CLASS_WORKBOOK, rows, class_notes(own), cover, of_cover)
        lines = [w.CLASS_LINE, *_noted(marks)]
        yield file, give(fill_form, CLASS_WORKBOOK.key, cover, rows, meta, lines, staff, so_far, marks), count
    file = next_words.SCHOOL_FILE_NAME.format(month=month)
    rows = school_rows(school, listed, usual, village, unsettled)
    yield file, _of_the_school(school, rows, listed, village, month), 0


def _of_class(listed: Sequence[Listed], place: Place, usual: Mapping[str, Any], helper: str) -> list[Listed]:
    """Return the children of a class, `helper` (its 班主任) theirs where that is usual."""
    own = (child for child in listed if child.place == place)
    return [replace(child, facts=with_helper(usual, child.facts, child.notes, helper)) for child in own]


def _of_the_school(
    school: School, rows: Mapping[str, Sequence[Row]], listed: Sequence[Listed], village: Village, month: Month
) -> Work:
    cover = _cover(school, month)
    meta = {"school_code": str(cover["school_code"]), "month": str(month)}
    notes = {
        "classes": [school.notes.get(place, NO_NOTES) for place in sorted(school.classes)],
        "staff": [school.notes.get(str(row["name"]), NO_NOTES) for row in school.staff],
        "school_age": village.notes or [child.notes for child in _of_school(listed)],
    }
    marks = marks_of(SCHOOL_WORKBOOK, rows, notes, cover, school.notes.get(COVER, NO_NOTES))
    lines = [w.SCHOOL_LINE, *([] if village.rows else [w.NO_VILLAGE_LINE]), *_noted(marks)]
    return give(fill_form, SCHOOL_WORKBOOK.key, cover, rows, meta, lines, (), None, marks)


def _noted(marks: Sequence[Any]) -> list[str]:
    return [w.NOTED_LINE.format(count=len(marks))] if marks else []


def _cover(school: School, month: Month) -> Row:
    facts = school.facts
    return {
        "school_name": facts.get("school_name", ""),
        "school_code": facts.get("school_code", ""),
        "month": str(month),
    }


def class_rows(children: Sequence[Listed], usual: Mapping[str, Any]) -> dict[str, list[Row]]:
    """Return the rows of a class's workbook, by table: one a child in 学生档案 and 联系卡, one a pairing."""
    alike = Counter(child.person.name for child in children)
    rows: dict[str, list[Row]] = {"pupils": [], "contacts": [], "pairings": []}
    taken = {child.facts.get("archive_no") for child in children}
    numbers = archive_numbers(str(usual.get("archive_no", "")), children[0].place, taken) if children else iter(())
    for child in children:
        facts, name = child.facts, child.person.name
        usual_here = usual_of(usual, facts, child.notes, numbers)
        pupil = {key: facts.get(key, usual_here.get(key)) for key in PUPILS.keys}
        rows["pupils"].append(_said({**pupil, "name": name, "category": child.category}))
        who = {"pupil": name, "student_no": facts.get("student_no") if alike[name] > 1 else None}
        card = {key: facts.get(key, usual_here.get(key)) for key in _OF_CARD}
        rows["contacts"].append(_said({**who, **card}))
        rows["pairings"] += [_said({**who, **pairing}) for pairing in _pairings(facts, usual_here)]
    return rows


def class_notes(children: Sequence[Listed]) -> dict[str, list[Notes]]:
    """Return what is said of the empty cells of each row that `class_rows` gives."""
    cards: list[Notes] = [{key: note for key, note in child.notes.items() if key in _OF_CARD} for child in children]
    pairings = [
        _of_pairing(pairing["kind"], child.notes) for child in children for pairing in _pairings(child.facts, {})
    ]
    return {"pupils": [child.notes for child in children], "contacts": cards, "pairings": pairings}


def _of_pairing(kind: str, notes: Notes) -> Notes:
    keys = [key for key, own in PAIRING_KINDS.items() if own == kind]
    columns = {"helper_since": "since", **dict.fromkeys(keys, "helper")}
    if kind == Pairing.TEACHER:
        columns["helper_teacher_phone"] = "helper_phone"
    return {columns[key]: note for key, note in notes.items() if key in columns}


def _pairings(facts: Mapping[str, Any], usual: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the pairings of a child, then those that are held ready for want of a source: without a day."""
    since = facts.get("helper_since", usual.get("since"))
    for key, kind in PAIRING_KINDS.items():
        if key in facts:
            phone = facts.get("helper_teacher_phone") if key == "helper_teacher" else None
            yield {"kind": kind, "helper": facts[key], "helper_phone": phone, "since": since}
    known = {kind for key, kind in PAIRING_KINDS.items() if key in facts}
    yield from ({"kind": kind} for kind in EXPECTED if kind not in known)


def _said(row: Row) -> Row:
    return {key: value for key, value in row.items() if value is not None and value != ""}


def school_rows(
    school: School,
    listed: Sequence[Listed],
    usual: Mapping[str, Any],
    village: Village,
    unsettled: Set[Place | None] = frozenset(),
) -> dict[str, list[Row]]:
    """Return the rows of the school's workbook. `village`: of 应入学名册, else the school's own children;

    `unsettled`: classes with children of whom it is not known whether they are meant, so that nobody can count theirs.
    """
    classes = []
    for place, row in sorted(school.classes.items()):
        own = [child.category for child in listed if child.place == place]
        counts = {
            "declared_lbc": sum(category in LEFT_BEHIND for category in own),
            "declared_potential": sum(category in POTENTIAL for category in own),
        }
        is_counted = own and not {place, None} & unsettled
        classes.append({**(counts if is_counted else {}), **row})
    keys = [key for key in SCHOOL_AGE.keys if key not in ("name", "destination", "owner", "last_visit")]
    school_age = [
        _said(
            {"name": child.person.name, "destination": Destination.HERE, **{key: child.facts.get(key) for key in keys}}
        )
        for child in _of_school(listed)
    ]
    staff = [_said({**usual_of_staff(usual, school.notes.get(row["name"], NO_NOTES)), **row}) for row in school.staff]
    return {"classes": classes, "staff": staff, "school_age": list(village.rows) or school_age}


def _of_school(listed: Sequence[Listed]) -> list[Listed]:
    """Return the left-behind children of the school: those who should be at school, for want of the village's list."""
    return [child for child in sorted(listed, key=lambda one: one.place) if child.category in LEFT_BEHIND]
