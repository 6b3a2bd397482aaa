"""The first month in one screen: sources → tables → columns → rows → children → workbooks, 对照.xlsx beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.model import Month, Place
from pipeline.reading.pool import made
from pipeline.starting.books import Listed, Village, issued, without_strangers
from pipeline.starting.deciding import Verdict, decide, helped_but_unlisted, is_elsewhere, known_of, schools_of
from pipeline.starting.doubts import Doubt
from pipeline.starting.facts import facts_of
from pipeline.starting.grades import settle_grades
from pipeline.starting.mapping_book import Findings, write_mapping
from pipeline.starting.mapping_read import Said, read_mapping
from pipeline.starting.meanings import Choice, choose
from pipeline.starting.notes import notes_of
from pipeline.starting.people import Person, join
from pipeline.starting.record import Record
from pipeline.starting.records import read_records
from pipeline.starting.school import Row, School, school_of
from pipeline.starting.sources import Source, Unread, read_sources
from pipeline.starting.tables import Passed, SourceTable, find_tables
from schemas import start_words as w
from schemas.codes import GRADES
from schemas.school_workbook import SCHOOL_AGE
from schemas.starting.meanings import OF_CHILDREN, Use


@dataclass(frozen=True)
class Started:
    """What a run made: file name → workbook, and what is told of it."""

    contents: Mapping[str, bytes]
    class_count: int
    child_count: int
    cell_count: int
    open_count: int
    doubt_count: int
    unread: Sequence[Unread]
    wrong: Sequence[str]
    lacks_cover: bool


@dataclass(frozen=True)
class _Told:
    """What the sources say: their tables with what each column was taken for, and the rows of all."""

    tables: list[tuple[SourceTable, list[Choice]]]
    passed: list[Passed]
    records: list[Record]


def start(month: Month, sources: Path | None, target: Path) -> Started:
    """Return the workbooks of a school's first month. `sources`: a folder or None; `target`: where 对照.xlsx lies.

    Raises OperatorError where 对照.xlsx can't be read, OSError where `sources` can't be listed.
    """
    said = read_mapping(target / w.MAPPING_FILE, month)
    read, unread = read_sources(sources, target) if sources else ([], [])
    told = _read(read, said, month)
    of_grades = settle_grades(told.records, [place for place, row in said.classes.items() if row is not None])
    of_children = [r for r in told.records if r.table.use in OF_CHILDREN and r.table.use != Use.VILLAGE]
    village = [r for r in told.records if r.table.use == Use.VILLAGE]
    schools = schools_of(of_children, said.facts.get("school_name", ""))
    joined = join(r for r in of_children if r.left_out is None or not is_elsewhere(r, schools))
    known = known_of(of_children, month.september.year, schools, _unclear(told.tables))
    listed, verdicts, doubts = _decided(joined.people, said, known)
    found = school_of(told.records, _places(joined.people, schools), schools)
    school = _as_said(found, said)
    listed = [child for child in listed if child.place in school.classes]
    listed, strangers = without_strangers(listed, school)
    of_village = [doubt for record in village for doubt in record.doubts.values()]
    everything = [*of_grades, *joined.doubts, *doubts, *strangers, *school.doubts, *of_village]
    findings = Findings(told.tables, told.passed, unread, verdicts, everything, school, found)
    unsettled = [person.place for person, verdict in verdicts if verdict.is_open and not verdict.tick]
    books = list(issued(school, listed, said.usual, _village(village), month, set(unsettled))) if school.classes else []
    contents = {name: made(work) for name, work, _ in books}
    contents[w.MAPPING_FILE] = write_mapping(findings, said)
    return Started(
        contents,
        len(school.classes),
        len(listed),
        sum(count for _, _, count in books),
        len(unsettled),
        len(everything),
        unread,
        said.wrong,
        lacks_cover=not {"school_name", "school_code"} <= school.facts.keys(),
    )


def _read(sources: Sequence[Source], said: Said, month: Month) -> _Told:
    told = _Told([], [], [])
    for source in sources:
        tables, passed = find_tables(source, said.tables, month.september.year)
        told.passed.extend(passed)
        for table in tables:
            choices = choose(table, said.columns, month.last_day)
            told.tables.append((table, choices))
            if table.use != Use.NONE:
                told.records.extend(read_records(table, choices, month))
    return told


def _decided(
    people: Sequence[Person], said: Said, known: Any
) -> tuple[list[Listed], list[tuple[Person, Verdict]], list[Doubt]]:
    """Return the children who get a row, what was decided of each child, and the cells that stay empty in the rows."""
    listed, verdicts, doubts = [], [], []
    for person in people:
        facts, own = facts_of(person)
        verdict = decide(person, facts, known, said.ticks)
        verdicts.append((person, verdict))
        place = person.place
        if verdict.category and place:
            listed.append(Listed(person, place, verdict.category, facts, notes_of(own)))
            doubts += own
        elif not verdict.is_open and (row := helped_but_unlisted(person, known)):
            doubts.append(row.doubt(w.NAME, person.name, w.NOT_ON_ROSTER))
    return sorted(listed, key=_order), verdicts, doubts


def _order(child: Listed) -> tuple[Place, int, int]:
    record = child.person.records[0]
    return child.place, record.rank, record.number


def _as_said(school: School, said: Said) -> School:
    """Return the school with what the admin typed in 对照.xlsx: his word counts; a class that he took out is none."""
    classes = dict(school.classes)
    for place, row in said.classes.items():
        if row is None:
            classes.pop(place, None)
        else:
            own: Row = {"grade": GRADES[place[0] - 1], "number": place[1]}
            classes[place] = {**own, **classes.get(place, {}), **row}
    return School(classes, school.staff, {**school.facts, **said.facts}, school.doubts, school.notes)


def _unclear(tables: Sequence[tuple[SourceTable, list[Choice]]]) -> set[int]:
    """Return the tables with a column that seems to say who is left-behind, and that nobody could read."""
    asked = ("left_behind", "category", "away")
    return {id(table) for table, choices in tables if any(not c.is_used and c.guess in asked for c in choices)}


def _places(people: Sequence[Person], schools: frozenset[str]) -> set[Place]:
    """Return the classes of the school's children; a list of some (成绩, 考勤) may be years old, and makes none."""
    own = [person for person in people if not any(is_elsewhere(record, schools) for record in person.records)]
    known = [person for person in own if not all(record.table.is_part for record in person.records)]
    return {place for person in known if (place := person.place)}


def _village(records: Sequence[Record]) -> Village:
    """Return the rows of 应入学名册 that the village's own list gives."""
    keys = [key for key in SCHOOL_AGE.keys if key not in ("owner", "last_visit")]
    rows = (({key: r.facts[key] for key in keys if key in r.facts}, r) for r in records if r.name)
    each = {(row["name"], row.get("id_card", number)): (row, r) for number, (row, r) in enumerate(rows)}
    return Village([row for row, _ in each.values()], [notes_of(r.doubts.values()) for _, r in each.values()])
