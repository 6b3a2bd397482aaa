"""信息更正 over the months: each row means whom it named when it was written (contract §8.5)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.children.aliases import Aliases, Named, aliases_of, named_once
from pipeline.filled import Filled
from pipeline.model import Places
from pipeline.months.snapshots import Snapshot


def aliases_over(
    snapshots: Sequence[Snapshot],
    movements: Filled | None = None,
    pupils: Filled | None = None,
    places: Places | None = None,
) -> Aliases:
    """Return what 信息更正 of the months says; the latest word counts.

    `snapshots`: the earlier months, the newest first; `movements`, `pupils`, `places`: 学籍异动, 学生档案 and file →
    class of this one, where there is one. A row that names a child without his number means the one of that name in
    his class then; where the class had handed in nothing, or stood there with the old number still, the one of now.
    """
    named = named_once(pupils, places) if pupils is not None and places is not None else {}
    told = [(snapshot.filled("movements"), [_named(snapshot), named]) for snapshot in reversed(snapshots)]
    rosters = [snapshot.filled("pupils") for snapshot in snapshots]
    if movements is None or pupils is None:
        return aliases_of(told, rosters)
    return aliases_of([*told, (movements, [named])], [pupils, *rosters])


def _named(snapshot: Snapshot) -> Named:
    """Return whom a name alone meant in a month, by what classes were called then."""
    grown = snapshot.leaving is not None
    return named_once(
        snapshot.filled("pupils"), {file: (grade - grown, number) for file, (grade, number) in snapshot.classes.items()}
    )
