"""What the comment of an issued cell says that stays empty: where something was seen, what, and why it is not filled.

Of identity and student numbers it shows the last four alone: another child's may have stood there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.excel.parts import Mark
from pipeline.starting.doubts import Doubt
from schemas import start_words as w
from schemas.cells import as_text
from schemas.kinds import mask_number
from schemas.letter_words import NOTE
from schemas.starting.meanings import CELLS_OF, MEMBERS
from schemas.tables import COVER_SHEET, FIRST_COVER_ROW, FIRST_DATA_ROW, WorkbookForm

Notes = Mapping[str, str]  # column → what its comment says
NO_NOTES: Notes = {}
MOST_SEEN = 4  # values that one comment shows
_LONGEST = 60
_NUMBERS = {"id_card": w.BY_BOOKLET, "student_no": w.BY_REGISTER}
_IDENTITY = re.compile(r"\d{14,}[Xx]?")
_CUT_SHORT = re.compile(r"\d{12,14}|\d{16,17}[Xx]?")  # fifteen digits were a number whole in themselves once
_WHOLE, _LAST = 18, 4


def cells_of(key: str, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the columns of ours that a meaning would have filled. `facts`: of its row, say who a 成员 is."""
    owner, _, what = key.partition("_")
    if owner in MEMBERS:
        return (f"{w.PARENT_OF.get(facts.get(f'{owner}_relation', ''), 'guardian')}_{what}",)
    return CELLS_OF.get(key, (key,))


def of_cell(where: str, key: str, raw: Any, because: str) -> str:
    """Return the words about one cell that was seen and not taken."""
    text = as_text(raw)
    if key in _NUMBERS:
        if because == w.BAD_NUMBER and _CUT_SHORT.fullmatch(text):
            because = w.SHORT_BY.format(count=_WHOLE - len(text))
        return w.NOTE_NUMBER.format(where=where, because=because, remedy=_NUMBERS[key])
    return w.NOTE_CELL.format(where=where, seen=_seen(key, text), because=because, remedy=w.BY_CHECKING)


def of_several(key: str, told: Iterable[tuple[str, Any]], because: str = "") -> str:
    """Return the words about values that contradict each other, each with where it stands; `because`: or what else."""
    by_place: dict[str, list[str]] = {}
    told = list(told)
    for where, value in told[:MOST_SEEN]:
        by_place.setdefault(where, []).append(_seen(key, as_text(value)))
    seen = w.COMMA.join(w.NOTE_SEEN.format(where=where, seen=w.LIST.join(own)) for where, own in by_place.items())
    because = because or (w.TWO_DIFFER if len(told) == 2 else w.SEVERAL_DIFFER)
    return w.NOTE_DIFFERS.format(seen=seen, because=because, remedy=_NUMBERS.get(key, w.BY_CHECKING))


def _seen(key: str, text: str) -> str:
    if key in _NUMBERS:
        return w.ENDS_IN.format(last=text[-_LAST:])
    return _IDENTITY.sub(lambda found: mask_number(found[0]), text)[:_LONGEST]


def notes_of(doubts: Iterable[Doubt]) -> dict[str, str]:
    """Return by column what the doubts about one child, or one row, say of its cells."""
    found: dict[str, dict[str, None]] = {}
    for doubt in doubts:
        for cell in doubt.cells if doubt.note else ():
            found.setdefault(cell, {})[doubt.note] = None
    return {cell: "\n".join(own) for cell, own in found.items()}


def marks_of(
    form: WorkbookForm,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    notes: Mapping[str, Sequence[Notes]],
    cover: Mapping[str, Any],
    cover_notes: Notes = NO_NOTES,
) -> list[Mark]:
    """Return the comments of the cells that stayed empty. `notes`: table → what is to be said in each of its rows."""
    marks = [
        _mark(COVER_SHEET, row, 2, cover_notes[column.key])
        for row, column in enumerate(form.cover, start=FIRST_COVER_ROW)
        if column.key in cover_notes and not cover.get(column.key)
    ]
    for table in form.tables:
        pairs = zip(rows.get(table.key, ()), notes.get(table.key, ()), strict=False)
        marks += [
            _mark(table.title, number, place, own[column.key])
            for number, (row, own) in enumerate(pairs, start=FIRST_DATA_ROW)
            for place, column in enumerate(table.columns, start=1)
            if column.key in own and row.get(column.key) in (None, "")
        ]
    return marks


def _mark(sheet: str, row: int, column: int, sentence: str) -> Mark:
    return Mark(sheet, row, column, "", NOTE.format(sentence=sentence))
