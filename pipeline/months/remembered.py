"""What is remembered of those who are here: the last valid values of each, where he was last, whom a class let go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.children.people import birth_dates
from pipeline.filled import Filled
from pipeline.model import Place
from pipeline.months.carried import KNOWN_CELLS
from pipeline.months.lineage import Lineage
from pipeline.months.snapshots import Snapshot, latest_of


def is_held(snapshot: Snapshot, child: int) -> bool:
    """Tell whether the workbook of his class held a child in that month."""
    return bool(snapshot.children.at[child, "last_seen"] == str(snapshot.month))


def moved(
    pupils: Filled,
    child: pd.Series[int],
    lineage: Lineage,
    snapshots: Sequence[Snapshot],
    file_of: Mapping[Place, int],
) -> Iterator[tuple[int, str, int]]:
    """Yield (file of the class that he left, his name there, his row now) of every child who stands in another now."""
    files = pupils.values["file"].groupby(child).agg(set).to_dict()
    latest = {where: latest_of(where, snapshots) for where in file_of}
    for person in lineage.people:
        for place, then in person.found if 0 <= person.row < len(pupils.values) else ():
            where = snapshots[place].place_of(then)
            name = snapshots[place].filled("pupils").values.at[snapshots[place].children.at[then, "row_index"], "name"]
            left = latest.get(where) == place and file_of[where] not in files[child.at[person.row]]
            if left and pd.notna(name):
                yield file_of[where], str(name), person.row


def known_last(lineage: Lineage, snapshots: Sequence[Snapshot]) -> frozenset[int]:
    """Return the rows of the children who stood in the workbook of their class in its latest month."""
    latest = {where: latest_of(where, snapshots) for snapshot in snapshots for where in snapshot.classes.values()}
    return frozenset(
        person.row
        for person in lineage.people
        for place, child in person.found
        if person.row >= 0
        and latest.get(snapshots[place].place_of(child)) == place
        and is_held(snapshots[place], child)
    )


def known(count: int, lineage: Lineage, snapshots: Sequence[Snapshot]) -> pd.DataFrame:
    """Return, for each row of 学生档案, the last valid value of earlier months of each cell that decides."""
    pasts = [snapshot.filled("pupils") for snapshot in snapshots]
    good = [{key: past.good(key).to_dict() for key in KNOWN_CELLS} for past in pasts]
    good = [cells | {"birth_date": birth_dates(past).to_dict()} for cells, past in zip(good, pasts, strict=True)]
    row_of = [snapshot.children["row_index"].to_dict() for snapshot in snapshots]
    found: dict[str, list[Any]] = {key: [None] * count for key in KNOWN_CELLS}
    for person in lineage.people:
        if person.row < 0:
            continue
        for key in KNOWN_CELLS:
            values = (good[place][key][row_of[place][child]] for place, child in person.found)
            found[key][person.row] = next((value for value in values if pd.notna(value)), None)
    kinds = {key: pasts[0].table.by_key[key].kind.dtype for key in KNOWN_CELLS}
    return pd.DataFrame({key: pd.Series(cells, dtype=kinds[key]) for key, cells in found.items()})
