"""What newer months know of the children of a class that has handed in nothing since (contract §8.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from pipeline.children.aliases import Aliases, identities
from pipeline.children.people import names_and_births
from pipeline.filled import Filled
from pipeline.model import Place
from pipeline.months.corrections import aliases_over
from pipeline.months.departures import Departure, Traveller, departures
from pipeline.months.snapshots import Snapshot
from schemas.class_names import class_text
from schemas.codes import GRADES


@dataclass(frozen=True)
class Since:
    """`moved`: children whom another class has had since → that class; `left`: what 学籍异动 says of others."""

    moved: Mapping[int, str] = field(default_factory=dict)
    left: Mapping[int, Departure] = field(default_factory=dict)


def since_then(place: Place, snapshot: Snapshot, newer: Sequence[Snapshot]) -> Since:
    """Return what `newer` months (the newest first) say of the children whom `snapshot` had in a class."""
    children = snapshot.children
    own = children.index[children["grade"].eq(place[0]) & children["number"].eq(place[1])]
    if not newer or own.empty:
        return Since()
    aliases = aliases_over([*newer, snapshot])
    pupils = snapshot.filled("pupils")
    keys = _keys(pupils, aliases)
    there = _there(newer, aliases)
    row_of = children["row_index"]
    moved = {int(c): found for c in own if (found := _found(keys[row_of[c]], there))}
    staying = [int(c) for c in own if c not in moved]
    names = pupils.values["name"].fillna("")
    month = str(snapshot.month)
    travellers = [Traveller(names[row_of[c]], keys[row_of[c]][0], (class_text(place),), month) for c in staying]
    present = [(str(name), where) for month in newer[:1] for name, where in _present(month)]
    earlier = [(str(then.month), then.filled("movements")) for then in reversed(newer[1:])]
    said = departures(newer[0].filled("movements"), travellers, present, earlier, aliases)
    return Since(moved, {child: own for child, own in zip(staying, said, strict=True) if own.status})


Keys = tuple[str, str, str]


def _keys(pupils: Filled, aliases: Aliases) -> dict[int, Keys]:
    """Return, for each row, (identity number, 学籍号, 姓名|出生日期), "" where it is unknown."""
    both = zip(*identities(pupils, aliases), names_and_births(pupils), strict=True)
    return dict(zip(pupils.values.index, both, strict=True))


def _there(newer: Sequence[Snapshot], aliases: Aliases) -> dict[tuple[int, str], tuple[str, str]]:
    """Return (which key, key) → (identity number, class) of every child of the newer months; the newest counts."""
    found: dict[tuple[int, str], tuple[str, str]] = {}
    for month in newer:
        keys = _keys(month.filled("pupils"), aliases)
        for child, row in month.children["row_index"].items():
            where = month.place_of(int(str(child)))
            for which, key in enumerate(keys[row]):
                if key and where[0] <= len(GRADES):
                    found.setdefault((which, key), (keys[row][0], class_text(where)))
    return found


def _found(keys: Keys, there: Mapping[tuple[int, str], tuple[str, str]]) -> str:
    """Return the class that has the child of these keys now, "" where none has (contract §8.5)."""
    for which, key in enumerate(keys):
        number, where = there.get((which, key), ("", ""))
        if where and (not which or not number or not keys[0] or number == keys[0]):
            return where
    return ""


def _present(month: Snapshot) -> list[tuple[str, str]]:
    names = month.filled("pupils").values["name"]
    rows = month.children[["row_index", "grade", "number"]].itertuples(index=False)
    return [(str(names[row]), class_text((g, n))) for row, g, n in rows if pd.notna(names[row]) and g <= len(GRADES)]
