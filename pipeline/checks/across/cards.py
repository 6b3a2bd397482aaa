"""联系卡: what it says of a guardian, and whose telephone it is."""

from __future__ import annotations

import pandas as pd

from pipeline.checks.across.view import View, across
from pipeline.filled import Fault, Filled
from pipeline.merged import Merged
from pipeline.months.snapshots import Snapshot
from schemas import rules
from schemas.class_names import class_text

PHONE_CHILDREN = 3  # a grandparent's phone for three grandchildren is common, for four it is worth a look
_OF_THE_FAMILY = ("father_status", "mother_status", "guardianship")
_OF_THE_GUARDIAN = ("guardian_age", "guardian_health", "guardian_address")


@across("contacts")
def siblings_differ(view: View, key: str) -> list[Fault]:
    """Children with the same guardian (name and phone) say the same of him; the later card quotes the earlier."""
    cards = view.tables["contacts"]
    faults: list[Fault] = []
    for family in _families(view):
        for key in _OF_THE_GUARDIAN:
            said = cards.good(key).loc[family].dropna()
            if said.nunique() > 1:
                first = said.iloc[0]
                other = next(index for index in said.index if said.at[index] != first)
                shown = cards.table.by_key[key].kind.masked(f"{first:g}" if isinstance(first, float) else str(first))
                words = {"want": shown, "where": _where(cards, view, int(said.index[0]))}
                faults.append((other, key, rules.SIBLINGS_DIFFER, words))
    return faults


def _families(view: View) -> list[list[int]]:
    """Return the rows of 联系卡 of each guardian of several children."""
    cards, child = view.tables["contacts"], view.merged.child_of["contacts"]
    rows_of: dict[tuple[str, str], dict[int, int]] = {}
    columns = (cards.values.index, cards.good("guardian_name"), cards.good("guardian_phone"), child)
    for index, name, phone, who in zip(*(column.tolist() for column in columns), strict=True):
        if who >= 0 and isinstance(name, str) and isinstance(phone, str):
            rows_of.setdefault((name, phone), {})[index] = who
    return [list(rows) for rows in rows_of.values() if len(set(rows.values())) > 1]


def _where(filled: Filled, view: View, index: int) -> str:
    file = int(filled.values.at[index, "file"])
    place = class_text(view.place[file]) if file in view.place else ""
    name = filled.values.at[index, "pupil"]
    return rules.CARD_OF.format(name=name, class_name=place, row=filled.values.at[index, "row"])


@across("contacts")
def shared_phones(view: View, key: str) -> list[Fault]:
    cards = view.tables["contacts"]
    children: dict[str, dict[int, str]] = {}
    firsts: dict[str, int] = {}
    cells = (cards.good("guardian_phone"), view.merged.child_of["contacts"], cards.values["pupil"])
    for index, phone, child, name in zip(cards.values.index, *cells, strict=True):
        if child >= 0 and pd.notna(phone):
            children.setdefault(phone, {}).setdefault(child, "" if pd.isna(name) else str(name))
            firsts.setdefault(phone, index)
    return [
        (
            index,
            "guardian_phone",
            rules.SHARED_PHONE,
            {"count": len(told), "names": rules.some_of(filter(None, told.values()))},
        )
        for phone, index in firsts.items()
        if len(told := children[phone]) > PHONE_CHILDREN
    ]


@across("contacts")
def stale_cards(view: View, key: str) -> list[Fault]:
    """Parents or a guardian have changed since the last month, and the card has not been looked at (P4-6)."""
    merged, cards = view.merged, view.tables["contacts"]
    then = _last_seen(merged)
    child_of, updated = merged.child_of["contacts"], cards.good("updated_on")
    rows = child_of.index[child_of.isin(list(then)) & ~child_of.duplicated() & updated.notna()]
    pupils, faults = view.tables["pupils"], list[Fault]()
    for row in rows:
        child = int(child_of.at[row])
        snapshot, before = then[child]
        now = int(merged.children.at[child, "row_index"])
        past = snapshot.filled("pupils")
        for changing in _OF_THE_FAMILY:
            own, last = pupils.good(changing).at[now], past.good(changing).at[before]
            is_other = pd.notna(own) and pd.notna(last) and own != last  # a cell in error has errors of its own
            if is_other and updated.at[row] <= pd.Timestamp(snapshot.month.last_day):
                words = {"column": pupils.table.by_key[changing].title, "last": str(snapshot.month)}
                faults.append((int(row), "updated_on", rules.STALE_CARD, words))
                break
    return faults


def _last_seen(merged: Merged) -> dict[int, tuple[Snapshot, int]]:
    """Return, for each child of an earlier month of the 学年, the latest such month and his row of 学生档案 there."""
    row_of = {int(row): int(str(child)) for child, row in merged.children["row_index"].items()}
    found: dict[int, tuple[Snapshot, int]] = {}
    for (place, child), row in sorted(merged.carried.before.items()):
        snapshot = merged.carried.snapshots[place]
        if row in row_of and snapshot.leaving is None:
            found.setdefault(row_of[row], (snapshot, int(snapshot.children.at[child, "row_index"])))
    return found
