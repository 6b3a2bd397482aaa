"""A month's clean tables without some of its children: no row of theirs, and their names in no text of the others."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from pipeline.months.snapshots import ATTENDED, CHILDREN, Snapshot
from schemas.purge_words import FORGOTTEN
from schemas.rules import AND

_OF_A_CHILD = ("contacts", "pairings", "talks", "contacts_log", "growth", "plans", "services")
_LISTS = {  # table → its list of names
    "activities": "participants",
    "school_activities": "participants",
    "holiday_checks": "participants",
    "donations": "names",
}


def without_children(snapshot: Snapshot, children: set[int]) -> tuple[dict[str, pd.DataFrame], int]:
    """Return a month's frames without its children's rows, and how many went; their place in 学生档案 stays, empty."""
    frames = {name: frame for name, frame in snapshot.frames.items() if name != CHILDREN}
    names = _Names(snapshot, children)
    blank = frames["pupils"].copy()
    for key in snapshot.filled("pupils").table.keys:
        blank.loc[blank["child"].isin(children), key] = None
    frames["pupils"] = blank.assign(errors=blank["errors"].mask(blank["child"].isin(children), ""))
    removed = len(children)
    for key in (*_OF_A_CHILD, ATTENDED):
        gone = frames[key]["child"].isin(children)
        if key != ATTENDED:
            gone |= names.are_theirs(frames[key])
        removed += int(gone.sum())
        frames[key] = frames[key][~gone]
    for key, name, number in (("school_age", "name", "id_card"), ("movements", "pupil", "id_card")):
        frame = frames[key]
        gone = frame[number].isin(names.numbers) | (frame[name].isin(names.everywhere) & frame[number].isna())
        removed += int(gone.sum())
        frames[key] = frame[~gone]
    for key, column in _LISTS.items():
        frames[key] = frames[key].assign(**{column: _without(frames[key][column], names.everywhere)})
    frames = {key: _swept(frame, names.inside) for key, frame in frames.items()}
    frames[CHILDREN] = snapshot.children.drop(index=sorted(children)).reset_index()
    return frames, removed


class _Names:
    """The names and numbers of the forgotten in one month, and where a name means somebody who stays."""

    def __init__(self, snapshot: Snapshot, children: set[int]) -> None:
        everyone = snapshot.children
        pupils = snapshot.filled("pupils").values.loc[everyone["row_index"]].set_axis(everyone.index)
        gone, stay = pupils[pupils.index.isin(list(children))], pupils[~pupils.index.isin(list(children))]
        self.numbers = {str(number) for key in ("id_card", "student_no") for number in gone[key].dropna()}
        self.in_class = set(gone[["file", "name"]].itertuples(index=False, name=None))
        self.in_class -= set(stay[["file", "name"]].itertuples(index=False, name=None))
        staying = {*stay["name"].dropna(), *snapshot.filled("staff").values["name"].dropna()}
        self.everywhere = set(gone["name"].dropna()) - staying
        self.inside = {name for name in self.everywhere if not any(name in other for other in staying)}

    def are_theirs(self, frame: pd.DataFrame) -> pd.Series[bool]:
        """Tell which rows that are tied to no child bear a forgotten name or number."""
        pairs = zip(frame["file"], frame["pupil"], strict=True)
        by_name = pd.Series([pair in self.in_class for pair in pairs], frame.index, dtype=bool)
        told = frame["errors"].map(lambda text: any(name in text for name in self.inside)).astype(bool)
        return frame["child"].lt(0) & (by_name | frame["student_no"].isin(self.numbers) | told)


def _without(lists: pd.Series[Any], names: set[str]) -> pd.Series[Any]:
    def kept(text: Any) -> Any:
        if pd.isna(text):
            return text
        return AND.join(part for part in str(text).split(AND) if part.split("(")[0] not in names)

    return lists.map(kept).astype(lists.dtype)


def _swept(frame: pd.DataFrame, names: set[str]) -> pd.DataFrame:
    """Return a table in which the names stand in no other text either: a helper, a summary, a cell in error."""
    if not names:
        return frame
    pattern = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    texts = [str(key) for key, dtype in frame.dtypes.items() if pd.api.types.is_string_dtype(dtype)]
    return frame.assign(**{key: frame[key].str.replace(pattern, FORGOTTEN, regex=True) for key in texts})
