"""A child's own page for the archive folder: everything that the months know of him, over the years. School-only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.children.aliases import children_of
from pipeline.months.carried import FREE_TEXTS
from pipeline.months.corrections import aliases_over
from pipeline.months.lineage import Person, trace
from pipeline.months.snapshots import ATTENDED, Snapshot
from pipeline.publishing.book import Block, Book, Out, Page, paragraphs
from pipeline.publishing.cells import Cell
from schemas import child_words as w
from schemas.class_names import class_text
from schemas.codes import Pairing, Parent
from schemas.tables import ALWAYS, ARCHIVE

_PAIRS_A_ROW = 3
_NARROW, _WIDE = 13, 19  # in turn; seven of them fit a page
Seen = list[tuple[Snapshot, int]]  # the months that know a child, the newest first, and his number there


def child_book(snapshots: Sequence[Snapshot], name: str, class_name: str = "") -> Book | None:
    """Return a page for every child of that name (and class); None where there is none. `snapshots`: newest first."""
    newest = snapshots[0]
    pupils = newest.filled("pupils")
    aliases = aliases_over(snapshots)
    lineage = trace(pupils, children_of(pupils, aliases), snapshots[1:], aliases, snapshots[0].classes)
    pages: list[Page] = []
    for person in lineage.people:
        seen = _seen(person, snapshots)
        own, child = seen[0]
        row = own.children.loc[child] if child in own.children.index else None
        if row is None or own.filled("pupils").values.at[int(row["row_index"]), "name"] != name:
            continue
        place = class_text((int(row["grade"]), int(row["number"])))
        if class_name in ("", place):
            pages.append(_page(seen, name, place, len(pages) + 1))
    return Book(w.TITLE, tuple(pages)) if pages else None


def plain_name(name: str) -> str:
    """Return a name as it may stand in the name of a file or a sheet."""
    return "".join(letter for letter in name if letter.isalnum() or letter in "·()")[:20]


def _seen(person: Person, snapshots: Sequence[Snapshot]) -> Seen:
    first = [(snapshots[0], person.row)] if person.row >= 0 else []
    return [*first, *((snapshots[place + 1], child) for place, child in person.found)]


def _page(seen: Seen, name: str, place: str, number: int) -> Page:
    newest, child = seen[0]
    row = int(newest.children.at[child, "row_index"])
    months = w.AND.join(str(snapshot.month) for snapshot, _ in reversed(seen))
    line = w.LINE.format(school=newest.facts.get("school_name", ""), class_name=place, months=months)
    cards = _own(newest, "contacts", child)
    blocks = [
        paragraphs(w.LACKING, _lacking(newest, row, cards, child)),
        _pairs(newest, "pupils", row, w.BASIC, but=("name",)),
        *(_pairs(newest, "contacts", index, w.CARD, but=("pupil", "student_no")) for index in cards[:1]),
        _table(seen[:1], "pairings", ("kind", "helper", "since", "until", "plan", "plan_time"), w.PAIRINGS),
        _table(seen, "growth", ("chinese", "maths", "english", "study", "conduct", "mind"), w.GROWTH, has_month=True),
        _table(seen, "plans", ("reason", "made_on", "owner", "measures", "progress", "reviewed_on"), w.PLANS),
        _table(seen, "services", ("date", "kind", "provider", "summary"), w.SERVICES),
        _table(seen, "talks", ("date", "speaker", "role", "mode", "topic", "content"), w.TALKS),
        _table(seen, "contacts_log", ("date", "kind", "with_whom", "teacher", "summary"), w.CONTACTS),
        _attended(seen),
    ]
    kept = tuple(block for block in blocks if block.rows)
    return Page(
        f"{plain_name(name)}{number}",
        w.HEADING.format(name=name),
        line,
        kept,
        (w.SIGNED, w.NOTE),
        is_landscape=False,
    )


def _lacking(snapshot: Snapshot, row: int, cards: Sequence[int], child: int) -> list[str]:
    """Return what the child's archive still lacks: cells to fill, a card, those who should help him."""
    told = [_to_fill(snapshot, "pupils", row, snapshot.as_typed("pupils")[row])]
    told += [_to_fill(snapshot, "contacts", cards[0], snapshot.as_typed("pupils")[row])] if cards else [w.NO_CARD]
    pairings = snapshot.as_typed("pairings")
    helped = {pairings[index]["kind"] for index in _own(snapshot, "pairings", child) if not pairings[index]["until"]}
    missing = [kind for kind in (Pairing.TEACHER, Pairing.CLASSMATE) if kind not in helped]
    missing += [] if helped & {Pairing.MOTHER, Pairing.FATHER} else [Pairing.MOTHER]
    told += [w.UNPAIRED.format(kinds=w.AND.join(missing))] if missing else []
    return [text for text in told if text] or [w.NOTHING_LACKS]


def _to_fill(snapshot: Snapshot, key: str, index: int, pupil: Mapping[str, Any]) -> str:
    """Return which cells of an archive are empty; where a parent works is asked of those who are away alone."""
    table, cells = snapshot.filled(key).table, snapshot.as_typed(key)[index]
    empty = [column for column in table.columns if column.need in (ALWAYS, ARCHIVE) and not _shown(cells[column.key])]
    asked = [
        c.title
        for c in empty
        if not c.key.endswith("_work_address") or pupil[f"{c.key.partition('_')[0]}_status"] == Parent.AWAY
    ]
    return w.TO_FILL.format(sheet=table.title, titles=w.AND.join(asked)) if asked else ""


def _own(snapshot: Snapshot, key: str, child: int) -> list[int]:
    frame = snapshot.frames[key]
    own = frame["child"].eq(child)
    if key == "pairings":  # those of a class that he has left have ended there
        own &= frame["file"].eq(snapshot.children.at[child, "file"])
    return [int(index) for index in frame.index[own]]


def _shown(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _pairs(snapshot: Snapshot, key: str, index: int, heading: str, but: tuple[str, ...]) -> Block:
    """Return a row as label and value, three pairs a line."""
    table, cells = snapshot.filled(key).table, snapshot.as_typed(key)[index]
    pairs = [(column.title, _shown(cells[column.key])) for column in table.columns if column.key not in but]
    rows: list[tuple[Cell, ...]] = []
    for start in range(0, len(pairs), _PAIRS_A_ROW):
        flat = [text for pair in pairs[start : start + _PAIRS_A_ROW] for text in pair]
        rows.append((*flat, *[""] * (2 * _PAIRS_A_ROW - len(flat))))
    columns = tuple(
        Out("", role, width) for _ in range(_PAIRS_A_ROW) for role, width in (("name", _NARROW), ("wrapped", _WIDE))
    )
    return Block(columns, rows, heading, has_head=False)


def _table(seen: Seen, key: str, keys: tuple[str, ...], heading: str, *, has_month: bool = False) -> Block:
    """Return a table's rows of all months, the oldest first; one that stands in two months is shown once, as last told.

    Two rows of one month are two records, however alike; of two months, those that agree but for what is said in words
    are one (contract §8.20).
    """
    table = seen[0][0].filled(key).table
    telling = [name for name in keys if name not in FREE_TEXTS and table.by_key[name].need == ALWAYS]
    found: dict[tuple[Any, ...], tuple[str, ...]] = {}
    for snapshot, child in reversed(seen):
        rows, again = snapshot.as_typed(key), Counter[tuple[Any, ...]]()
        for index in _own(snapshot, key, child):
            cells = tuple(_shown(rows[index][name]) for name in keys)
            same = (str(snapshot.month) if has_month else "", *(_shown(rows[index][name]) for name in telling))
            again[same] += 1
            found[(*same, again[same])] = (str(snapshot.month), *cells) if has_month else cells
    titles = [w.MONTH] * has_month + [table.by_key[name].title for name in keys]
    return _block(titles, list(found.values()), heading, is_dated=keys[0] == "date")


def _attended(seen: Seen) -> Block:
    found = {
        (str(pd.Timestamp(day).date()), str(kind))
        for snapshot, child in seen
        for day, kind in _of_child(snapshot, child)
    }
    return _block([w.DAY, w.ACTIVITY], sorted(found), w.ACTIVITIES)


def _of_child(snapshot: Snapshot, child: int) -> Iterator[tuple[Any, Any]]:
    frame = snapshot.frames[ATTENDED]
    yield from frame.loc[frame["child"].eq(child), ["date", "kind"]].itertuples(index=False)


def _block(titles: list[str], rows: Sequence[tuple[str, ...]], heading: str, *, is_dated: bool = False) -> Block:
    ordered = sorted(rows, key=lambda row: row[0]) if is_dated else list(rows)
    columns = tuple(Out(title, "wrapped", _NARROW if place % 2 == 0 else _WIDE) for place, title in enumerate(titles))
    return Block(columns, ordered, heading)
