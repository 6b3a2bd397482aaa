"""The 档 cells of every child's archive, and the 联系卡 that counts (contract §5, §8.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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


def archive_cells(merged: Merged, people: pd.DataFrame, card: pd.Series[Any]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return, for each child, which 档 cells apply and which are filled without error (columns: `table.key`)."""
    pupils, contacts = merged.tables["pupils"], merged.tables["contacts"]
    applies: dict[str, NDArray[np.bool_]] = {}
    filled: dict[str, NDArray[np.bool_]] = {}
    everyone, rows = np.full(len(people), True), people["row_index"].to_numpy()
    for key in pupils.table.needing(ARCHIVE):
        applies[f"pupils.{key}"] = everyone
        filled[f"pupils.{key}"] = pupils.good(key).notna().to_numpy()[rows]
    has_card, rows = card.notna().to_numpy(), card.dropna().astype("int64").to_numpy()
    for key in contacts.table.needing(ARCHIVE):
        parent, cells = _PARENT_OF.get(key), contacts.good(key)
        is_filled = cells.notna().to_numpy()
        is_dash = np.array([cell == DASH for cell in cells.tolist()], dtype=bool)
        own = np.full(len(people), False)
        own[has_card] = is_filled[rows] & (~is_dash[rows] | _may_be_dash(people, parent)[has_card])
        filled[f"contacts.{key}"] = own
        away = people[f"{parent}_status"].eq(Parent.AWAY).to_numpy() if key.endswith("work_address") else everyone
        applies[f"contacts.{key}"] = away
    return pd.DataFrame(applies, index=people.index), pd.DataFrame(filled, index=people.index)


def at(cells: pd.Series[Any], rows: pd.Series[Any]) -> pd.Series[Any]:
    """Return the cell of each child's row, NA where he has none."""
    return cells.reindex(rows).set_axis(rows.index)


def _may_be_dash(people: pd.DataFrame, parent: str | None) -> NDArray[np.bool_]:
    """— counts as filled only for a parent who is dead or lost."""
    if parent is None:
        return np.full(len(people), False)
    statuses = people[f"{parent}_status"].tolist()
    return np.array([status in (Parent.DEAD, Parent.LOST) for status in statuses], dtype=bool)


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
    card = cards(merged, people)
    return Archive(*archive_cells(merged, people, card), card)
