"""One row for many: a meeting or a service that names several children is a record of each (contract §2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from pipeline.children.attendance import Pupil, named_in, on_day, unknown_words
from pipeline.children.roster import NOBODY, Roster, is_everyone
from pipeline.filled import Fault, Filled, mark
from pipeline.model import Issue
from schemas import rules
from schemas.codes import Contact

SPREAD = ("contacts_log", "services")
_FOR_MANY = (Contact.GUARDIAN_MEETING, Contact.FORUM)


def spread(
    filled: Filled, pupils: Sequence[Pupil], rosters: Mapping[int, Roster]
) -> tuple[Filled, dict[int, int], list[Issue]]:
    """Return the table with a row a child for every row that names several, the child of each such row, the issues.

    A row that names somebody unknown, or several where one is asked for, stays as it is, in error; those of its
    children who are known have rows all the same. 全体 is who was there on the day.
    """
    listed = filled.good("pupil").dropna()
    listed = listed[[rules.AND in text or is_everyone(text) for text in listed.tolist()]]
    child_of: dict[int, int] = {}
    faults: list[Fault] = []
    more: list[tuple[int, int]] = []
    for index, text in listed.items():
        row = int(str(index))
        if filled.table.key == SPREAD[0] and filled.values.at[row, "kind"] not in _FOR_MANY:
            faults.append((row, "pupil", rules.ONE_CHILD_A_ROW, {}))
            continue
        roster = rosters.get(int(filled.values.at[row, "file"]), Roster({}))
        children, unknown = named_in(text, roster)
        if is_everyone(text):
            children = [] if unknown else _everyone(filled, row, pupils, set(children))
        if unknown:
            faults.append((row, "pupil", rules.UNKNOWN_IN_LIST, unknown_words(unknown, roster)))
        else:
            child_of[row] = children[0] if children else NOBODY
        more += [(row, child) for child in dict.fromkeys(children if unknown else children[1:])]
    done, own = _with_rows(filled, more)
    marked, issues = mark(done, faults)
    return marked, child_of | own, issues


def _everyone(filled: Filled, row: int, pupils: Sequence[Pupil], but: set[int]) -> list[int]:
    day, file = filled.good("date").at[row], filled.values.at[row, "file"]
    if pd.isna(day):
        return []
    return [child for child in on_day([pupil for pupil in pupils if pupil.file == file], day) if child not in but]


def _with_rows(filled: Filled, more: Sequence[tuple[int, int]]) -> tuple[Filled, dict[int, int]]:
    """Return the table with these rows once more, after its own, and the child of each of them."""
    if not more:
        return filled, {}
    rows, start = [row for row, _ in more], len(filled.values)
    done = replace(
        filled,
        values=pd.concat([filled.values, filled.values.loc[rows]], ignore_index=True),
        faulty=pd.concat([filled.faulty, filled.faulty.loc[rows]], ignore_index=True),
        raw={key: [*cells, *(cells[row] for row in rows)] for key, cells in filled.raw.items()},
    )
    return done, {start + place: child for place, (_, child) in enumerate(more)}
