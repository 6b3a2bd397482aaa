"""The rows of a table as records: what each says by meaning, which class it is of, and what in it is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from pipeline.model import Month
from pipeline.starting.apart import PHONE_OF
from pipeline.starting.classes import all_parted, class_in, grade_in, grade_of, in_words, number_of, place_in
from pipeline.starting.grids import Line
from pipeline.starting.meanings import Choice
from pipeline.starting.notes import cells_of, of_cell, of_several
from pipeline.starting.record import Record
from pipeline.starting.tables import SourceTable
from pipeline.starting.values import is_no_left_behind, shown, told_by, yes_or_no
from schemas import identity, names
from schemas import start_words as w
from schemas.cells import as_text, clean
from schemas.class_names import class_text
from schemas.codes import RELATION
from schemas.lines import is_same_as_above
from schemas.starting.meanings import MEANINGS, MEMBERS
from schemas.starting.values import (
    ALL_OF_CLASS,
    CLASS,
    COHORT,
    COHORT_WORDS,
    ENTERED,
    GUARDIAN_TITLE,
    NOT_HERE,
    NOT_LEFT,
)

_CLASS_KEYS = ("class_name", "grade", "number")
_OF_NOBODY = frozenset([*_CLASS_KEYS, "entered", "school_name", "school_code", "head_teacher"])
_SHORT = 20
_MANY_RUNS = 2
_PARENTS = ("father", "mother")
HELPS = "helper_"  # before the meanings that hold for all whom a row names
_LAST_GRADE, _LAST_OF_PRIMARY = 9, 6


def read_records(table: SourceTable, choices: Sequence[Choice], month: Month) -> list[Record]:
    """Return the rows of a table that say anything, each with its class in `month`."""
    used = [choice for choice in choices if choice.is_used]
    unknown = [choice for choice in choices if not choice.key and not choice.title.is_known]
    struck = {place for sheet in table.source.book.sheets if sheet.title == table.grid.sheet for place in sheet.struck}
    named = [choice.head.place for choice in used if choice.key in ("name", "staff_name")]
    guardians = {
        c.key.partition("_")[0] for c in used if c.key.endswith("_relation") and GUARDIAN_TITLE.search(c.head.words)
    }
    records: list[Record] = []
    first = None
    for line in _one_each(_filled_down(table.grid.lines, used), used):
        record = _record(table, line, used, month.last_day)
        record.of = first if line.is_more else None
        first = first if line.is_more else record
        record.is_struck = any((line.number - 1, place) in struck for place in named)
        seen = (as_text(line.cells.get(choice.head.place, "")) for choice in unknown)
        record.line_school = line.school
        _say_guardians(record, guardians)
        if table.is_denied:
            record.facts.setdefault("left_behind", (NOT_LEFT, ""))
        if gone := next((text for text in seen if len(text) <= _SHORT and NOT_HERE.search(text)), ""):
            record.facts.setdefault("gone", gone)
        if record.facts.keys() - _OF_NOBODY or record.doubts:  # else a row that only waits to be filled
            records.append(record)
    _place(records, month)
    return records


def _say_guardians(record: Record, owners: Iterable[str]) -> None:
    """Say of those whom the titles call 监护人1, 第二监护人 that they are guardians, where no column does."""
    for owner in owners:
        if owner in MEMBERS and f"{owner}_relation" in record.facts:
            record.facts.setdefault(f"{owner}_is_guardian", w.YES)


def _filled_down(lines: Iterable[Line], used: Sequence[Choice]) -> Iterator[Line]:
    """Yield the rows, 同上 filled from above, and a class written once above all its children filled down."""
    lines = list(lines)
    once = {c.head.place for c in used if c.key.split("_", 1)[-1] in _CLASS_KEYS or c.key in _CLASS_KEYS}
    once = {place for place in once if _is_written_once(lines, place)}
    above: Mapping[int, Any] = {}
    banner = ""
    for line in lines:
        above = above if line.banner == banner else {}
        banner, cells = line.banner, dict(line.cells)
        for choice in used:
            place, text = choice.head.place, as_text(cells.get(choice.head.place, ""))
            is_class = place in once or choice.key in _CLASS_KEYS
            if (is_same_as_above(text) and (is_class or not MEANINGS[choice.key].is_own)) or (
                not text and place in once
            ):
                cells[place] = above.get(place, "")
        above = cells
        yield replace(line, cells=cells)


def _one_each(lines: Iterable[Line], used: Sequence[Choice]) -> Iterator[Line]:
    """Yield a row for each child of a row that has their names and who helps them alone: 三1班 | 李小禾、陈小河."""
    place = next((choice.head.place for choice in used if choice.key == "name"), -1)
    own = [c.head.place for c in used if c.key not in (*_OF_NOBODY, "name") and not c.key.startswith(HELPS)]
    for line in lines:
        text = as_text(line.cells.get(place, ""))
        several = [] if names.everyone_but(text) or ALL_OF_CLASS.match(text) else names.parted(text)
        is_alone = len(several) > 1 and not any(as_text(line.cells.get(other, "")) for other in own)
        for name in several if is_alone else [None]:
            yield line if name is None else replace(line, cells={**line.cells, place: name})


def _is_written_once(lines: Sequence[Line], place: int) -> bool:
    """Tell a column in which each word stands once, at the top of the rows that it is for."""
    texts = [as_text(line.cells.get(place, "")) for line in lines]
    said = [text for text in texts if text and not is_same_as_above(text)]
    is_any_repeated = any(a and a == b for a, b in pairwise(texts))
    return bool(texts) and bool(texts[0]) and len(said) * _MANY_RUNS <= len(texts) and not is_any_repeated


def _record(table: SourceTable, line: Line, used: Sequence[Choice], day: date) -> Record:
    record = Record(table, line.number, {}, banner=line.banner, day=day)
    spread = [choice for choice in used if choice.head.place in line.spread]
    ordered = sorted(used, key=lambda choice: choice.key != "name")  # a doubt names whose it is
    for choice in ordered:
        raw = line.cells.get(choice.head.place, "")
        if choice in spread and len(spread) > 1:
            if as_text(raw):
                _doubt(record, choice, raw, w.MERGED_ACROSS)
            continue
        if isinstance(raw, str) and is_same_as_above(raw):
            _doubt(record, choice, raw, w.SAME_AS_ABOVE)
            continue
        if choice.answer:  # a tick below one answer of several
            raw = choice.answer if yes_or_no(as_text(raw)) == w.YES else ""
        told = told_by(choice.key, raw, choice.head.own, day)
        for key, value in told.facts:
            if record.facts.setdefault(key, value) != value and key in MEANINGS:
                note = of_several(key, [(record.where, record.facts[key]), (record.where, value)])
                record.doubts[key] = record.doubt(_label(key), shown(key, raw), w.TWO_IN_ROW, (), note)
        if told.doubt:
            _doubt(record, choice, raw, told.doubt)
    for key, doubt in record.doubts.items():
        if doubt.because == w.TWO_IN_ROW:
            record.facts.pop(key, None)
    _say_of_all(record, line, used)
    _settle_parents(record)
    _settle_phone(record)
    record.doubts = {key: replace(told, cells=cells_of(key, record.facts)) for key, told in record.doubts.items()}
    record.class_words = _class_words(record.facts, line, table)
    taken = {choice.head.place for choice in used if choice.key in ("left_behind", "category")}
    denied = next((c for place, c in line.cells.items() if place not in taken and is_no_left_behind(c)), line.note)
    if denied and record.name:
        record.facts.setdefault("gone", as_text(denied))
    return record


def _say_of_all(record: Record, line: Line, used: Sequence[Choice]) -> None:
    """Take a row whose name is 全体, or 全体（除 张三）, for all of its class: who helps them is all that it says.

    What else stands behind it (李小禾请假) may take somebody out: such a row is nobody's.
    """
    place = next((choice.head.place for choice in used if choice.key == "name"), -1)
    text = clean(as_text(line.cells.get(place, "")))
    but = names.everyone_but(text)
    if but is None and not ALL_OF_CLASS.fullmatch(text):
        return
    record.left_out = tuple(names.plain_name(name) for name in but or ())
    record.facts = {key: v for key, v in record.facts.items() if key in _OF_NOBODY or key.startswith(HELPS)}
    record.doubts = {key: told for key, told in record.doubts.items() if key.startswith(HELPS)}


def _settle_parents(record: Record) -> None:
    """Take two names in one cell for father and mother where the first alone has the child's surname."""
    pair = record.facts.pop("parents_pair", None)
    if pair is None:
        return
    if [name[:1] == record.name[:1] for name in pair] == [True, False]:
        for key, name in zip(("father_name", "mother_name"), pair, strict=True):
            record.facts.setdefault(key, name)
    else:
        label = _label("parents")
        seen = w.LIST.join(pair)
        note = of_cell(record.where, "parents", seen, w.SEVERAL)
        record.doubts.setdefault("parents", record.doubt(label, seen, w.SEVERAL, (), note))


def _settle_phone(record: Record) -> None:
    """Take a number beside which a name or a relation stands for the person's whose it is by the row's other cells."""
    for fact in [fact for fact in record.facts if fact.startswith(PHONE_OF)]:
        _settle_one(record, *record.facts.pop(fact))


def _settle_one(record: Record, key: str, phone: str, beside: str) -> None:
    owner = key.partition("_")[0]
    others = {record.facts[what] for what in (f"{owner}_name", f"{owner}_relation") if what in record.facts}
    is_relation = beside in RELATION.words
    if beside in others or (is_relation and f"{owner}_relation" not in record.facts and owner not in _PARENTS):
        record.facts.setdefault(key, phone)
        if is_relation:
            record.facts.setdefault(f"{owner}_relation", beside)
    else:
        note = of_cell(record.where, key, f"{phone} {beside}", w.PERHAPS_OTHERS)
        record.doubts.setdefault(key, record.doubt(_label(key), shown(key, phone), w.PERHAPS_OTHERS, (), note))


def _doubt(record: Record, choice: Choice, raw: Any, because: str) -> None:
    key = choice.key
    note = of_cell(record.where, key, raw, because)
    record.doubts.setdefault(key, record.doubt(_label(key), shown(key, raw), because, (), note))


def _label(key: str) -> str:
    return MEANINGS[key].label if key in MEANINGS else key


# --- the class -----------------------------------------------------------------------------------------------------


def _class_words(facts: Mapping[str, Any], line: Line, table: SourceTable) -> str:
    """Return the words that name the row's class: of its own columns, else of what stands around it."""
    sheet = table.sheet_class or table.grid.sheet
    around = [line.banner, sheet, table.grid.heading, *reversed(table.source.name.split("/"))]
    prefix = "class_" if "class_class_name" in facts or "class_grade" in facts or "class_number" in facts else ""
    whole, grade, number = (str(facts.get(prefix + key, "")) for key in _CLASS_KEYS)
    if found := class_in(whole):
        return found
    entered = ENTERED.fullmatch(str(facts.get("entered", "")))
    if entered and not grade:
        grade = COHORT_WORDS.format(year=entered[1])
    number = number or whole
    grade = grade or grade_in(whole) or next(filter(None, map(grade_in, around)), "")
    if number and number_of(number) and grade:
        return f"{grade}({number_of(number)})班"
    if whole or number or entered or facts.get("grade"):
        return whole or (grade if not number else "")
    if found := class_in(line.banner):
        return found
    files = [PurePosixPath(part).stem for part in reversed(table.source.name.split("/"))]
    numbered = (number_of(text) for text in (sheet, *files) if CLASS in text)
    if grade and (of_sheet := next(filter(None, numbered), None)):
        return f"{grade}({of_sheet})班"
    return next(filter(None, map(class_in, around)), grade)


def _place(records: Sequence[Record], month: Month) -> None:
    """Say of each record which class it is of by now: a list of an earlier 学年 goes up a grade a year."""
    births: dict[str, list[date]] = {}
    for record in records:
        if born := born_on(record.facts) or _by_age(record.facts, month.last_day):
            births.setdefault(record.class_words, []).append(born)
    start = month.september.year
    if all_parted(record.class_words for record in records if record.class_words):
        for record in records:
            record.class_words = in_words(record.class_words)
    for record in records:
        own = births.get(record.class_words, [])
        years = start - record.table.year if record.table.year and record.table.year < start else 0
        place = place_in(_full(record.class_words, month.last_day, own), month.last_day, own)
        grade, number = place or (_grade_alone(record, month.last_day, own), 0)
        if grade and years and not COHORT.search(record.class_words):
            if grade <= _LAST_OF_PRIMARY < grade + years:  # to another school, or into other classes of this one
                record.facts.setdefault("gone", w.GONE_UP)
                grade = 0
            else:
                grade += years
                record.was_promoted = True
        record.grade = grade if grade <= _LAST_GRADE else 0
        record.place = (record.grade, number) if record.grade and number else None


def _grade_alone(record: Record, day: date, births: Sequence[date]) -> int:
    """Return the grade of a row that names no class beside it, 0 for none."""
    words = record.class_words
    is_grade = words and words == str(record.facts.get("grade", record.facts.get("class_grade", "")))
    return grade_of(words if is_grade else grade_in(words), day, births) or 0


def _by_age(facts: Mapping[str, Any], day: date) -> date | None:
    """Return about when a child of a stated age was born, as far as it tells a first grade from a seventh."""
    age = facts.get("age")
    return day - timedelta(days=365 * int(age) + 180) if age is not None else None


def _full(words: str, day: date, births: Sequence[date]) -> str:
    """Return the words for a class with the grade written out, where it is named by its digit or year alone."""
    if class_in(words):
        return words
    head, _, rest = words.partition("(")
    grade = grade_of(head, day, births)
    return class_text((grade, number_of(rest.split(")")[0]) or 0)) if grade and rest else words


def born_on(facts: Mapping[str, Any]) -> date | None:
    """Return the birthday that a row says, by its identity number before all."""
    number = str(facts.get("id_card") or str(facts.get("student_no", "")).removeprefix("G"))
    if identity.is_well_formed(number):
        return identity.birth_date(number)
    born = facts.get("birth_date")
    return born if isinstance(born, date) else None
