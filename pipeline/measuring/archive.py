"""The 档 cells of every child's archive, and the 联系卡 that counts (contract §5, §8.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.merged import Merged
from schemas.codes import DASH, Parent
from schemas.tables import ARCHIVE

_PARENT_OF = {f"{p}_{cell}": p for p in ("father", "mother") for cell in ("name", "phone", "work_address")}


def cards(merged: Merged, people: pd.DataFrame) -> pd.Series[Any]:
    """Return for each child the row of 联系卡 that counts (NA: none): of the class that counts him, else of another."""
    contacts = merged.tables["contacts"]
    child = merged.child_of["contacts"]
    frame = pd.DataFrame({"child": child, "file": contacts.values["file"]})
    frame = frame[frame["child"].isin(people.index)]
    own = frame["file"].eq(frame["child"].map(people["file"]))
    first = frame.assign(is_other=~own).sort_values("is_other", kind="stable").drop_duplicates("child")
    return pd.Series(first.index, index=first["child"]).reindex(people.index)


def archive_cells(merged: Merged, people: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return, for each child, which 档 cells apply and which are filled without error (columns: `table.key`)."""
    pupils, contacts = merged.tables["pupils"], merged.tables["contacts"]
    applies, filled = {}, {}
    for key in pupils.table.needing(ARCHIVE):
        applies[f"pupils.{key}"] = pd.Series(True, people.index)
        filled[f"pupils.{key}"] = at(pupils.good(key), people["row_index"]).notna()
    card = cards(merged, people)
    for key in contacts.table.needing(ARCHIVE):
        cell = at(contacts.good(key), card)
        parent = _PARENT_OF.get(key)
        away = people[f"{parent}_status"].eq(Parent.AWAY) if key.endswith("work_address") else True
        applies[f"contacts.{key}"] = pd.Series(away, people.index)
        filled[f"contacts.{key}"] = cell.notna() & (cell.ne(DASH) | _may_be_dash(people, parent))
    return pd.DataFrame(applies), pd.DataFrame(filled)


def at(cells: pd.Series[Any], rows: pd.Series[Any]) -> pd.Series[Any]:
    """Return the cell of each child's row, NA where he has none."""
    return cells.reindex(rows).set_axis(rows.index)


def _may_be_dash(people: pd.DataFrame, parent: str | None) -> pd.Series[bool]:
    """— counts as filled only for a parent who is dead or lost."""
    if parent is None:
        return pd.Series(False, people.index)
    return people[f"{parent}_status"].isin([Parent.DEAD, Parent.LOST])


@dataclass(frozen=True)
class Archive:
    """The 档 cells of every child (see `archive_cells`) and the row of his 联系卡."""

    applies: pd.DataFrame
    filled: pd.DataFrame
    card: pd.Series[Any]

    def of(self, people: pd.DataFrame) -> Archive:
        """Return the same for some of the children."""
        index = people.index
        return Archive(self.applies.loc[index], self.filled.loc[index], self.card.loc[index])


def archives(merged: Merged, people: pd.DataFrame) -> Archive:
    """Return the archives of all children."""
    return Archive(*archive_cells(merged, people), cards(merged, people))
