"""What newer months know of the children of a silent class, and who looks like a missing one (contract §8.4, §8.5)."""

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
from pipeline.months.snapshots import TURNOUT, Snapshot, names_in
from schemas.class_names import class_text
from schemas.codes import GRADES

Keys = tuple[str, str, str]


@dataclass(frozen=True)
class Since:
    """`moved`: children whom another class has had since → that class; `left`: what 学籍异动 says of others.

    `twice`: who stands there by another number as well, as 信息更正 has told since: by the old one he was missing.
    """

    moved: Mapping[int, str] = field(default_factory=dict)
    left: Mapping[int, Departure] = field(default_factory=dict)
    twice: frozenset[int] = frozenset()


def latest_of_each(months: Sequence[Snapshot]) -> dict[Place, Snapshot]:
    """Return each class of the newest month with the latest month in which it handed in (else the newest).

    `months`: the newest first, those of the 学年 before a grade higher.
    """
    frame = months[0].frames[TURNOUT]
    due = list(zip(frame["grade"].tolist(), frame["number"].tolist(), strict=True))
    return {p: next((m for m in months if p in m.classes.values()), months[0]) for p in due}


def since_then(place: Place, snapshot: Snapshot, months: Sequence[Snapshot]) -> Since:
    """Return what `months` (the newest first, `snapshot` among them) say of the children whom it had in a class.

    They are over, the newest too: as of every earlier month (see `departures`) their rows in error are no word. Who was
    missing then already was spoken of by the sound rows of that month, and of those before, as well: what put him in
    doubt stood beside them.
    """
    newer = months[: months.index(snapshot)]
    children = snapshot.children
    own = snapshot.of_class(place).index
    if not newer or own.empty:
        return Since()
    aliases = aliases_over([*newer, snapshot])
    pupils = snapshot.filled("pupils")
    keys = _keys(pupils, aliases)
    there = _there(newer, aliases)
    row_of = children["row_index"]
    moved = {int(c): found for c in own if (found := _found(keys[row_of[c]], there))}
    twice = _twice(snapshot, [int(c) for c in own if c not in moved], keys)
    over = set(_left_before(snapshot))
    staying = [int(c) for c in own if c not in {*moved, *twice, *over}]
    names = pupils.values["name"].fillna("")
    classes = tuple(class_text((grade, place[1])) for grade in _grades(place[0], snapshot))
    seen = children["last_seen"]
    until = str(snapshot.month)
    travellers = [Traveller(names[row_of[c]], keys[row_of[c]][0], classes, str(seen[c]), until) for c in staying]
    present = [(str(name), where) for month in newer[:1] for name, where in _present(month)]
    earlier, last_year = (
        [(str(m.month), m.filled("movements")) for m in reversed(months) if (m.leaving is not None) is is_past]
        for is_past in (False, True)
    )
    once = names_in([*newer, snapshot])
    said = departures(None, travellers, present, earlier, aliases, last_year=last_year, known_once=once)
    left = {child: own for child, own in zip(staying, said, strict=True) if own.status}
    return Since(moved, left, twice)


def _left_before(snapshot: Snapshot) -> list[int]:
    """Return who had left for good in a month of the 学年 before: no row of this one is his (contract §8.4)."""
    children = snapshot.children
    is_gone = children["status"].isin(list(GONE_SILENTLY)) & (snapshot.leaving is not None)
    return [int(child) for child in children.index[is_gone]]


def _grades(grade: int, snapshot: Snapshot) -> list[int]:
    """Return the grade of a class now, and as it was called in the 学年 before where the month is of that."""
    return [grade, *([] if snapshot.leaving is None else [grade - 1])]


def _twice(snapshot: Snapshot, own: Sequence[int], keys: Mapping[int, Keys]) -> frozenset[int]:
    """Return, of children who are one by a later correction, all but the one whom the workbook held."""
    held_first = snapshot.children.loc[list(own)].sort_values("last_seen", ascending=False, kind="stable")
    numbers = {int(str(child)): keys[row][0] for child, row in held_first["row_index"].items()}
    seen = list(numbers.values())
    return frozenset(c for at, (c, number) in enumerate(numbers.items()) if number and number in seen[:at])


def looking_like(place: Place, months: Sequence[Snapshot]) -> dict[int, str]:
    """Return those missing from a class like whom somebody has stood in a roster since → the class of that row.

    The same name and birth date, and no number that both have: a corrected number, which 学籍异动 does not tell yet
    (contract §8.5). `months`: the newest first. Who stood there beside him is no such row, nor is one that has left,
    nor his own by a number that 学籍异动 has corrected since: the class that asks for him holds him.
    """
    aliases = aliases_over(months)
    latest = latest_of_each(months)
    snapshot = latest[place]
    own = snapshot.of_class(place)
    is_held = own["last_seen"].eq(str(snapshot.month))
    missing = own[~own["is_settled"].astype(bool) | is_held & (snapshot is not months[0])]
    if missing.empty:
        return {}
    keys = _keys(snapshot.filled("pupils"), aliases)
    there = _standing(latest, aliases)
    found = {}
    for child, row, last in missing[["row_index", "last_seen"]].itertuples():
        number, _, name = keys[row]
        since, where, other = there.get(name, ("", "", ""))
        is_himself = bool(number) and number == other
        if name and since > last and not is_himself and not _stood_beside(name, last, months):
            found[int(str(child))] = where
    return found


def _standing(latest: Mapping[Place, Snapshot], aliases: Aliases) -> dict[str, tuple[str, str, str]]:
    """Return 姓名|出生日期 → when a roster held him last, his class and identity number, of whom a template holds."""
    found: dict[str, tuple[str, str, str]] = {}
    for month in {id(month): month for month in latest.values()}.values():
        children, keys = month.children, _keys(month.filled("pupils"), aliases)
        for child in children.index[~children["status"].isin(list(GONE_SILENTLY))]:
            where, (number, _, name) = month.place_of(int(child)), keys[children.at[child, "row_index"]]
            if latest.get(where) is month:
                own = (str(children.at[child, "last_seen"]), class_text(where), number)
                found[name] = max(found.get(name, ("", "", "")), own)
    return found


def _stood_beside(name: str, last_seen: str, months: Sequence[Snapshot]) -> bool:
    """Tell whether rosters held two children of this name and birth date when one of them was last seen.

    Two rows of one child (two classes listed him) are one; who was kept by absence stood beside nobody.
    """
    then = next((month for month in months if str(month.month) == last_seen), None)
    if then is None:
        return False
    names = names_and_births(then.filled("pupils"))
    held = then.children["row_index"][then.children["last_seen"].eq(last_seen)]
    return [names[row] for row in held].count(name) > 1


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
