"""What newer months know of the children of a class that has handed in nothing since, and who looks like one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from pipeline.children.aliases import Aliases, identities
from pipeline.children.people import names_and_births
from pipeline.filled import Filled
from pipeline.model import Place
from pipeline.months.absent import GONE_SILENTLY
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


def looking_like(place: Place, snapshot: Snapshot, months: Sequence[Snapshot]) -> dict[int, str]:
    """Return those missing from a class like whom somebody has stood in a roster since → the class of that row.

    The same name and birth date, and no number that both have: a corrected number, which 学籍异动 does not tell yet
    (contract §8.5). `months`: the newest first; `snapshot`: of them, the class's latest. Who stood there beside him is
    no such row, nor is one that has left.
    """
    newest, children = months[0], snapshot.children
    own = children[children["grade"].eq(place[0]) & children["number"].eq(place[1])]
    was_held = own["last_seen"].eq(str(snapshot.month))
    missing = own[~own["is_settled"].astype(bool) | was_held & (snapshot is not newest)]
    missing = missing[missing["last_seen"].lt(str(newest.month))]
    if missing.empty:
        return {}
    here = newest.children
    held = here[here["last_seen"].eq(str(newest.month)) & ~here["status"].isin(list(GONE_SILENTLY))]
    names, births = names_and_births(newest.filled("pupils")), names_and_births(snapshot.filled("pupils"))
    where = {names[row]: newest.place_of(int(str(child))) for child, row in held["row_index"].items() if names[row]}
    return {
        int(str(child)): class_text(where[births[row]])
        for child, row, last in missing[["row_index", "last_seen"]].itertuples()
        if births[row] in where and not _stood_beside(births[row], last, months)
    }


def _stood_beside(name: str, last_seen: str, months: Sequence[Snapshot]) -> bool:
    """Tell whether two rows had this name and birth date when one of them was last seen."""
    then = next((month for month in months if str(month.month) == last_seen), None)
    return then is not None and names_and_births(then.filled("pupils")).count(name) > 1


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
