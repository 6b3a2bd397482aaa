"""The rows of a table as records: what each says by meaning, which class it is of, and what in it is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from pipeline.model import Month
from pipeline.starting.apart import PHONE_OF
from pipeline.starting.grids import Line
from pipeline.starting.headings import bare
from pipeline.starting.meanings import Choice
from pipeline.starting.notes import cells_of, of_cell, of_several
from pipeline.starting.placing import CLASS_KEYS, class_words, place_all
from pipeline.starting.record import Record
from pipeline.starting.tables import SourceTable
from pipeline.starting.values import is_no_left_behind, shown, told_by, yes_or_no
from schemas import names
from schemas import start_words as w
from schemas.cells import as_text, clean
from schemas.codes import RELATION
from schemas.lines import is_same_as_above
from schemas.starting.meanings import MEANINGS, MEMBERS, Use
from schemas.starting.values import (
    ALL_OF_CLASS,
    GUARDIAN_TITLE,
    KINDS_ABOVE,
    NOT_HERE,
    NOT_LEFT,
    PARTS_NAMED,
)

_OF_NOBODY = frozenset([*CLASS_KEYS, "entered", "school_name", "school_code", "head_teacher"])
_SHORT, _LONGEST_KIND = 20, 40
_MANY_RUNS = 2
_PARENTS = ("father", "mother")
HELPS = "helper_"  # before the meanings that hold for all whom a row names


def read_records(table: SourceTable, choices: Sequence[Choice], month: Month) -> list[Record]:
    """Return the rows of a table that say anything, each with its class in `month`."""
    used = [choice for choice in choices if choice.is_used]
    unknown = [c for c in choices if "destination" in (c.key, c.guess) or (not c.key and not c.title.is_known)]
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
        _say_kind(record, line)
        if gone := next((text for text in seen if len(text) <= _SHORT and NOT_HERE.search(text)), ""):
            record.facts.setdefault("gone", gone)
        if record.facts.keys() - _OF_NOBODY or record.doubts:  # else a row that only waits to be filled
            records.append(record)
    place_all(records, month)
    return records


def _say_kind(record: Record, line: Line) -> None:
    """Say of a row what its list says of all: that none is left-behind, or of whom both parents are away."""
    table = record.table
    if table.is_denied:
        record.facts.setdefault("left_behind", (NOT_LEFT, ""))
        return
    for text in (line.section, table.grid.heading, table.grid.sheet):
        if len(text) > _LONGEST_KIND:  # a sentence, which may say what the words mean
            continue
        kinds = [(told, is_single) for pattern, told, is_single in KINDS_ABOVE if pattern.search(text)]
        if kinds:
            if len(kinds) == 1 and table.use == Use.LEDGER and "left_behind" not in record.facts:
                record.facts |= {"left_behind": kinds[0][0], "is_single": kinds[0][1]}
            return


def _say_guardians(record: Record, owners: Iterable[str]) -> None:
    """Say of those whom the titles call 监护人1, 第二监护人 that they are guardians, where no column does."""
    for owner in owners:
        if owner in MEMBERS and f"{owner}_relation" in record.facts:
            record.facts.setdefault(f"{owner}_is_guardian", w.YES)


def _filled_down(lines: Iterable[Line], used: Sequence[Choice]) -> Iterator[Line]:
    """Yield the rows, 同上 filled from above, and a class written once above all its children filled down."""
    lines = list(lines)
    once = {c.head.place for c in used if c.key.split("_", 1)[-1] in CLASS_KEYS or c.key in CLASS_KEYS}
    once = {place for place in once if _is_written_once(lines, place)}
    above: Mapping[int, Any] = {}
    banner = ""
    for line in lines:
        above = above if line.banner == banner else {}
        banner, cells = line.banner, dict(line.cells)
        for choice in used:
            place, text = choice.head.place, as_text(cells.get(choice.head.place, ""))
            is_class = place in once or choice.key in CLASS_KEYS
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
        raw = _joined(line, used) if choice.is_part else line.cells.get(choice.head.place, "")
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
    record.class_words = class_words(record.facts, line, table)
    taken = {choice.head.place for choice in used if choice.key in ("left_behind", "category")}
    denied = next((c for place, c in line.cells.items() if place not in taken and is_no_left_behind(c)), line.note)
    if denied and record.name:
        record.facts.setdefault("gone", as_text(denied))
    return record


def _joined(line: Line, used: Sequence[Choice]) -> str:
    """Return an address whose parts stand in columns of their own: 云溪镇 | 清水 | 3 below 乡镇 | 村 | 组."""
    out = ""
    for choice in sorted((one for one in used if one.is_part), key=lambda one: one.head.place):
        text = as_text(line.cells.get(choice.head.place, ""))
        kind = bare(choice.head.own)[-1:]
        out += text + (kind if text and kind in PARTS_NAMED and not text.endswith(kind) else "")
    return out


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
