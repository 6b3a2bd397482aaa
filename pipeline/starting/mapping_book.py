"""对照.xlsx, written for the admin: what was taken for what, and what of it he has changed already."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pipeline.excel.filling import write_form
from pipeline.starting.deciding import Verdict, tick_key
from pipeline.starting.doubts import Doubt
from pipeline.starting.mapping_read import WRITTEN, Said
from pipeline.starting.meanings import Choice
from pipeline.starting.people import Person
from pipeline.starting.school import School
from pipeline.starting.sources import Unread
from pipeline.starting.tables import Passed, SourceTable
from schemas import start_words as w
from schemas.class_names import class_text
from schemas.starting.mapping_form import MAPPING, PRESET
from schemas.starting.meanings import MEANINGS, UNUSED, Sure, Use

Row = dict[str, Any]
_ORDER = (Sure.UNSURE, Sure.LIKELY, Sure.CERTAIN)
_NEWER = w.NEWER.split("{")[0]  # what was filled in all the same stands behind what was not
MOST_DOUBTS = 5_000  # rows of 没有填的: what more there is, is said in one


@dataclass(frozen=True)
class Findings:
    """All that a run found, as 对照.xlsx shows it. `by_sources`: the school as the sources alone have it."""

    tables: Sequence[tuple[SourceTable, Sequence[Choice]]]
    passed: Sequence[Passed]
    unread: Sequence[Unread]
    verdicts: Sequence[tuple[Person, Verdict]]
    doubts: Sequence[Doubt]
    school: School
    by_sources: School


def write_mapping(found: Findings, said: Said) -> bytes:
    """Return the workbook. What the admin typed (`said`) stands in it as before."""
    classes = [dict(row) for _, row in sorted(found.school.classes.items())]
    rows: Mapping[str, Iterable[Row]] = {
        "columns": _columns(found.tables, said),
        "tables": _tables(found, said),
        "usual": [dict(said.usual) if said.is_there else dict(PRESET)],
        "classes": classes,
        "ticks": _ticks(found.verdicts),
        "doubts": _doubts(found.doubts),
    }
    by_name = {class_text(place): row for place, row in sorted(found.by_sources.classes.items())}
    written = {"classes": by_name, "facts": found.by_sources.facts}
    out = BytesIO()
    meta = {WRITTEN: json.dumps(written, ensure_ascii=False, sort_keys=True, default=str)}
    write_form(out, MAPPING, cover=found.school.facts, rows=rows, meta=meta)
    return out.getvalue()


def _columns(tables: Sequence[tuple[SourceTable, Sequence[Choice]]], said: Said) -> list[Row]:
    rows: dict[tuple[str, ...], tuple[int, Row]] = {}
    for table, choices in tables:
        if table.use == Use.NONE:
            continue
        for choice in choices:
            key = (table.source.name, table.grid.sheet, table.letters(choice.head), choice.head.words)
            if key in rows:
                continue
            change = said.columns.get(key)
            row = {
                "file": key[0],
                "sheet": key[1],
                "letters": key[2],
                "words": key[3],
                "examples": w.LIST.join(choice.examples),
                "meaning": _meaning(choice),
                "sure": choice.sure,
                "because": choice.because,
                "change": None if change is None else MEANINGS[change].label if change else UNUSED,
            }
            rows[key] = (_ORDER.index(choice.sure), row)
    return [row for _, row in sorted(rows.values(), key=lambda found: found[0])]


def _meaning(choice: Choice) -> str:
    if choice.is_used:
        return MEANINGS[choice.key].label
    return w.PERHAPS.format(label=MEANINGS[choice.guess].label) if choice.guess else UNUSED


def _tables(found: Findings, said: Said) -> list[Row]:
    rows = [{"file": one.name, "use": w.NOT_READ, "because": one.because} for one in found.unread]
    for table, _ in found.tables:
        rows.append(
            {
                "file": table.source.name,
                "saved_at": table.source.saved_at,
                "sheet": table.grid.sheet,
                "above": table.key[2],
                "rows": str(len(table.grid.lines)),
                "use": table.use,
                "because": table.because,
                "change": said.tables.get(table.key, ""),
            }
        )
    rows += [
        {
            "file": one.source.name,
            "saved_at": one.source.saved_at,
            "sheet": one.sheet,
            "use": UNUSED,
            "because": one.because,
        }
        for one in found.passed
    ]
    return rows


def _ticks(verdicts: Sequence[tuple[Person, Verdict]]) -> list[Row]:
    rows = []
    for person, verdict in verdicts:
        if verdict.is_open:
            class_name, name, last4 = tick_key(person)
            told = {
                "class_name": class_name,
                "name": name,
                "last4": last4,
                "sex": person.sex,
                "because": verdict.because,
            }
            rows.append({**told, "tick": verdict.tick})
    return sorted(rows, key=lambda row: row["class_name"])


def _doubts(doubts: Sequence[Doubt]) -> list[Row]:
    rows: list[Row] = [
        {
            "file": one.file,
            "sheet": one.sheet,
            "row": str(one.row),
            "class_name": one.class_name,
            "whose": one.whose,
            "item": one.item,
            "seen": one.seen,
            "because": one.because,
        }
        for one in sorted(doubts, key=lambda one: one.because.startswith(_NEWER))[:MOST_DOUBTS]
    ]
    if len(doubts) > MOST_DOUBTS:
        rows.append({"because": w.MORE_DOUBTS.format(count=len(doubts) - MOST_DOUBTS)})
    return rows
